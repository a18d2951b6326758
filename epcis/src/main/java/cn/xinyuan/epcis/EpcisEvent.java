package cn.xinyuan.epcis;

/** One of the five events of EPCIS 2.0; immutable, and written back as it was read. */
public sealed interface EpcisEvent
        permits ObjectEvent,
                AggregationEvent,
                TransactionEvent,
                TransformationEvent,
                AssociationEvent {

    Common common();

    EventType type();
}
