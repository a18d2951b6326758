package cn.xinyuan.epcis;

/**
 * Takes in a document while it is read, event by event, so that its length does not matter. What it
 * throws ends the reading and reaches the caller.
 */
@FunctionalInterface
public interface DocumentSink {

    /**
     * What stands before the first event; called once, also for a document without events.
     *
     * @param document without events; members that follow the events are missing yet
     */
    default void head(EpcisDocument document) {}

    /**
     * The next event.
     *
     * @param context explains the prefixes of this event; in XML it may grow from event to event
     */
    void event(Reading.Item item, Context context);
}
