package cn.xinyuan.server.laboratory.domain;

import cn.xinyuan.server.laboratory.Laboratory.Sample;
import java.util.UUID;

/**
 * A sample with what was true of its lot when it was taken.
 *
 * @param party the maker of the lot
 * @param district where the lot was made, GB/T 2260
 */
public record TakenSample(
        Sample sample, String lotNumber, String category, UUID party, String district) {}
