/**
 * The simple event query of EPCIS 2.0 (ISO/IEC 19987), 8.2.7.1: what may be asked of an event, and
 * the questions. Both sides are brought to one form, so that an EPC URN and a GS1 Digital Link of
 * the same thing, a bare word and a URI of the vocabulary, and degrees Celsius and kelvins meet.
 */
@NullMarked
package cn.xinyuan.epcis.query;

import org.jspecify.annotations.NullMarked;
