package cn.xinyuan.epcis;

import java.util.Map;

/** The XPath in an XML event for the place of a problem in the JSON that was made of it. */
final class XmlPlace {

    private static final Map<String, String> ITEMS =
            Map.ofEntries(
                    Map.entry("epcList", "epc"),
                    Map.entry("childEPCs", "epc"),
                    Map.entry("inputEPCList", "epc"),
                    Map.entry("outputEPCList", "epc"),
                    Map.entry("quantityList", "quantityElement"),
                    Map.entry("childQuantityList", "quantityElement"),
                    Map.entry("inputQuantityList", "quantityElement"),
                    Map.entry("outputQuantityList", "quantityElement"),
                    Map.entry("bizTransactionList", "bizTransaction"),
                    Map.entry("sourceList", "source"),
                    Map.entry("destinationList", "destination"),
                    Map.entry("sensorElementList", "sensorElement"),
                    Map.entry("correctiveEventIDs", "correctiveEventID"));

    private XmlPlace() {}

    /**
     * @param event the XPath of the event
     * @param places where the members of the event stood, wrappers included
     * @param pointer within the event
     */
    static String of(String event, Map<String, String> places, String pointer) {
        if (pointer.isEmpty()) {
            return event;
        }
        String[] parts = pointer.substring(1).split("/", -1);
        String first = plain(parts[0]);
        StringBuilder path = new StringBuilder(places.getOrDefault(first, event + "/" + first));
        String list = first;
        boolean attributes = false;
        for (int i = 1; i < parts.length; i++) {
            String part = plain(parts[i]);
            if (part.matches("\\d+")) {
                String item = ITEMS.get(list);
                if (item != null) {
                    path.append('/').append(item);
                } else if (list.equals("set") || list.equals("unset")) {
                    path.append("");
                }
                path.append('[').append(Integer.parseInt(part) + 1).append(']');
            } else if (part.equals(ITEMS.get(first)) && !first.equals("sensorElementList")) {
                break;
            } else if (part.equals("type") || attributes) {
                path.append("/@").append(part);
            } else {
                path.append('/').append(part);
                attributes = part.equals("sensorMetadata") || part.equals("sensorReport");
            }
            list = part;
        }
        return path.toString();
    }

    private static String plain(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}
