package cn.xinyuan.epcis;

import java.util.List;

/** The standard's own members of sensor elements (EPCIS 2.0, 7.3.7), in the order of the hash. */
public final class SensorMembers {

    public static final List<String> METADATA =
            List.of(
                    "time",
                    "startTime",
                    "endTime",
                    "deviceID",
                    "deviceMetadata",
                    "rawData",
                    "dataProcessingMethod",
                    "bizRules");

    public static final List<String> REPORT =
            List.of(
                    "type",
                    "exception",
                    "deviceID",
                    "deviceMetadata",
                    "rawData",
                    "dataProcessingMethod",
                    "time",
                    "microorganism",
                    "chemicalSubstance",
                    "value",
                    "component",
                    "stringValue",
                    "booleanValue",
                    "hexBinaryValue",
                    "uriValue",
                    "minValue",
                    "maxValue",
                    "meanValue",
                    "sDev",
                    "percRank",
                    "percValue",
                    "uom",
                    "coordinateReferenceSystem");

    private SensorMembers() {}
}
