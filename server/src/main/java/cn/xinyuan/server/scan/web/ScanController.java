package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.scan.Scans.State;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.usecase.KeepPace;
import cn.xinyuan.server.scan.usecase.LookUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The scan page and its JSON twin, at the address that a label shows. */
@Controller
@AnyoneMayCall
class ScanController {

    private final LookUp lookUp;
    private final ScanAnswers answers;
    private final KeepPace pace;

    ScanController(LookUp lookUp, ScanAnswers answers, KeepPace pace) {
        this.pace = pace;
        this.lookUp = lookUp;
        this.answers = answers;
    }

    @GetMapping({"/t/{code}", "/T/{code}", "/t/{code}/", "/T/{code}/"})
    void scan(@PathVariable String code, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long began = System.nanoTime();
        String address = request.getRemoteAddr();
        if (!pace.allows(address)) {
            answers.tooFast(request, response);
            return;
        }
        Finding finding = lookUp.find(code);
        if (finding.state() == State.UNKNOWN && finding.typed().isWellFormed()) {
            pace.guessed(address);
        }
        answers.answer(finding, HttpStatus.OK, request, response);
        answers.took(began);
    }
}
