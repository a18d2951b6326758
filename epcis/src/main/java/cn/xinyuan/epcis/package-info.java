/**
 * GS1 EPCIS 2.0 and CBV 2.0 (ISO/IEC 19987 and 19988) without a framework: the five event types as
 * immutable records, JSON-LD and XML in and out, in one piece or event by event, one table of
 * checks for both, the vocabulary in its four spellings, identifiers as EPC URN or GS1 Digital Link
 * brought to one form and written in the form asked for, the event hash, the mass balance of an
 * event, and a genealogy walk that circles cannot trap.
 *
 * <p>Nothing here reads the network: JSON-LD contexts are recognised by name and never fetched.
 */
@NullMarked
package cn.xinyuan.epcis;

import org.jspecify.annotations.NullMarked;
