package cn.xinyuan.server.issuing.web;

import cn.xinyuan.codes.CodeFile.Format;
import cn.xinyuan.server.pages.MayCall;
import cn.xinyuan.server.pages.Role;
import cn.xinyuan.server.pages.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** The codes of a batch as files, for a printer. */
@Controller
@MayCall(Role.CLERK)
class CodeFilesController {

    /** With the mark by which spreadsheets know UTF-8. */
    private static final String HEAD = "\uFEFF序号,编码,地址\r\n";

    private final CodeFiles files;
    private final SignedIn signedIn;

    CodeFilesController(CodeFiles files, SignedIn signedIn) {
        this.files = files;
        this.signedIn = signedIn;
    }

    @GetMapping("/p/codes/{number}/codes.csv")
    void csv(@PathVariable long number, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(number, Format.CSV, request, response);
    }

    @GetMapping("/p/codes/{number}/codes.txt")
    void txt(@PathVariable long number, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(number, Format.TXT, request, response);
    }

    @GetMapping("/p/codes/{number}/addresses.txt")
    void addresses(
            @PathVariable long number, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(number, Format.ADDRESSES, request, response);
    }

    /** Names, lengths and SHA-256 of the three files. */
    @GetMapping(value = "/p/codes/{number}/manifest.json", produces = "application/json")
    @ResponseBody
    CodeFiles.Manifest manifest(@PathVariable long number) {
        return files.manifest(signedIn.get(), number, HEAD);
    }

    private void send(
            long number, Format format, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var by = signedIn.get();
        files.answer(
                by,
                number,
                format,
                files.file(by, number, format, HEAD),
                CodeFiles.name(number, format),
                request,
                response);
    }
}
