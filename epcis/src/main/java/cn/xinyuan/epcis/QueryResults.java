package cn.xinyuan.epcis;

import org.jspecify.annotations.Nullable;

/**
 * What makes a document the answer to a query (EPCIS 2.0, 8.2.6 and 9.6).
 *
 * @param queryName such as {@code SimpleEventQuery}
 * @param subscriptionId the subscription that it is an answer to; null for a query asked once
 */
public record QueryResults(String queryName, @Nullable String subscriptionId) {}
