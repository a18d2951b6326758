package cn.xinyuan.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.Visitor;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The owner of an account, or the operator for him, chooses how strictly its systems are judged.
 */
class StrictnessTest extends EpcisHttp {

    /** The offset contradicts the time: normal tells, strict refuses. */
    private static String doubtful() {
        return document(
                event(
                                UUID.randomUUID().toString(),
                                "2025-06-11T08:00:00+08:00",
                                "\"epcList\":[\"urn:x:1\"],")
                        .replace(
                                "\"eventTimeZoneOffset\":\"+08:00\"",
                                "\"eventTimeZoneOffset\":\"-05:00\""));
    }

    private int captured(String key, String... headers) throws Exception {
        return post("/epcis/capture", key, doubtful(), headers).statusCode();
    }

    private JsonNode chosen(String key, String wish) throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/v1/strictness", key, wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void what_the_owner_chooses_counts_for_his_account_until_a_request_says_otherwise()
            throws Exception {
        Visitor owner = visitor(Role.CLERK, UUID.randomUUID(), Set.of());
        String key = accounts.newKey(owner.account(), "test");
        String other = clerk();
        assertThat(captured(key)).isEqualTo(202);

        JsonNode told = chosen(key, "{\"profile\":\"strict\"}");
        assertThat(told.path("profile").asString()).isEqualTo("strict");
        assertThat(told.path("chosenBy").asString()).isEqualTo(owner.account().toString());
        assertThat(captured(key)).isEqualTo(400);
        assertThat(captured(other)).isEqualTo(202);
        assertThat(captured(key, "Xinyuan-Strictness", "lenient")).isEqualTo(202);

        assertThat(chosen(key, "{}").path("profile").asString()).isEqualTo("normal");
        assertThat(captured(key)).isEqualTo(202);
        assertThat(send("PUT", "/api/v1/strictness", key, "{\"profile\":\"hard\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void the_operator_chooses_for_others_and_nobody_else_does() throws Exception {
        Visitor owner = visitor(Role.RETAILER, UUID.randomUUID(), Set.of());
        String key = accounts.newKey(owner.account(), "test");
        String administrator = key(Role.ADMINISTRATOR, null, Set.of("44"));
        String wish = "{\"profile\":\"strict\",\"account\":\"" + owner.account() + "\"}";
        assertThat(send("PUT", "/api/v1/strictness", clerk(), wish).statusCode()).isEqualTo(404);
        assertThat(captured(key)).isEqualTo(202);
        chosen(administrator, wish);
        assertThat(captured(key)).isEqualTo(400);
        assertThat(get("/api/v1/strictness", key).body()).contains("strict");
        assertThat(get("/api/v1/strictness?account=" + owner.account(), clerk()).statusCode())
                .isEqualTo(404);
        String farmer = key(Role.FARMER, UUID.randomUUID(), Set.of());
        assertThat(get("/api/v1/strictness", farmer).statusCode()).isEqualTo(403);
        assertThat(get("/me/strictness", key, "Accept", "text/html").body())
                .contains("由管理员选定", "严格", "check-digit");
        assertThat(
                        get("/me/strictness?account=nobody", administrator, "Accept", "text/html")
                                .body())
                .contains("没有这个账号");
    }
}
