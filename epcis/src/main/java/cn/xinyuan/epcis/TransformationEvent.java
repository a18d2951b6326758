package cn.xinyuan.epcis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Inputs were used up and outputs came to be (EPCIS 2.0, 7.4.5).
 *
 * @param transformationId binds several events into one transformation; null for a whole one
 */
public record TransformationEvent(
        Common common,
        List<String> inputEpcs,
        List<Quantity> inputs,
        List<String> outputEpcs,
        List<Quantity> outputs,
        @Nullable String transformationId,
        Map<String, JsonNode> ilmd)
        implements EpcisEvent {

    public TransformationEvent {
        inputEpcs = List.copyOf(inputEpcs);
        inputs = List.copyOf(inputs);
        outputEpcs = List.copyOf(outputEpcs);
        outputs = List.copyOf(outputs);
        ilmd = Members.copy(ilmd);
    }

    @Override
    public EventType type() {
        return EventType.TRANSFORMATION;
    }
}
