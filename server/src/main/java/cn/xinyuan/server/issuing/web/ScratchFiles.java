package cn.xinyuan.server.issuing.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.xinyuan.codes.CodeRange;
import cn.xinyuan.codes.ItemCode;
import cn.xinyuan.server.issuing.Codes;
import cn.xinyuan.server.issuing.usecase.ConfirmFirstUse;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.NotFound;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Hidden codes as a file, for printing houses that print the scratch panels: serial, item code,
 * hidden code. Written as they are computed.
 */
@Controller
@MayCall(Role.CLERK)
class ScratchFiles {

    private final ConfirmFirstUse firstUse;
    private final Codes codes;
    private final LabelText text;
    private final SignedIn signedIn;

    ScratchFiles(ConfirmFirstUse firstUse, Codes codes, LabelText text, SignedIn signedIn) {
        this.firstUse = firstUse;
        this.codes = codes;
        this.text = text;
        this.signedIn = signedIn;
    }

    @GetMapping({"/p/codes/{number}/scratch.csv", "/api/v1/code-batches/{number}/scratch-codes"})
    @Operation(
            summary = "The hidden codes of a batch as CSV: serial, code, hidden code",
            description =
                    "from and count choose a part, from counts from 1. Each time is noted. 409"
                            + " no-hidden-codes when the product bears none")
    void csv(
            @PathVariable long number,
            @RequestParam @Nullable Long from,
            @RequestParam @Nullable Long count,
            HttpServletResponse response)
            throws IOException {
        long first = (from == null ? 1 : from) - 1;
        long many =
                count != null
                        ? count
                        : codes.find(number)
                                        .orElseThrow(() -> new NotFound("batch " + number))
                                        .count()
                                - first;
        CodeRange range = firstUse.takeAway(signedIn.get(), number, first, many);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"scratch-" + number + ".csv\"");
        try (var out =
                new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), UTF_8), 1 << 16)) {
            out.write("serial,code,scratch\r\n");
            for (long serial = range.from(); serial < range.end(); serial++) {
                ItemCode code = text.code(number, serial);
                out.write(
                        (serial + 1)
                                + ","
                                + code.text()
                                + ","
                                + firstUse.scratch(code).text()
                                + "\r\n");
            }
        }
    }
}
