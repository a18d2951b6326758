/** EPCIS 2.0 events: model, JSON-LD in and out, event hash, lot genealogy, mass balance. */
@NullMarked
package cn.xinyuan.epcis;

import org.jspecify.annotations.NullMarked;
