package cn.xinyuan.server.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Every "no" of the program: as problem+json (RFC 9457) for machines, as a page for people. What a
 * person reads says what to do; nothing internal leaves the house, only an error number that is
 * also in the log.
 */
@AnyoneMayCall
@Controller
@ControllerAdvice
public class Answers implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    @ExceptionHandler
    Object problems(Problems problems, HttpServletRequest request) {
        return answer(
                request,
                422,
                "invalid",
                "填写的内容有误",
                problems.list().size() == 1
                        ? problems.list().getFirst().text()
                        : "有 " + problems.list().size() + " 处需要更正。",
                problems.list());
    }

    @ExceptionHandler
    Object refused(Refused refused, HttpServletRequest request) {
        return answer(
                request,
                409,
                refused.rule(),
                "按规则不能这样做",
                String.valueOf(refused.getMessage()),
                List.of());
    }

    @ExceptionHandler
    Object notFound(NotFound notFound, HttpServletRequest request) {
        return plain(request, 404);
    }

    @ExceptionHandler
    Object notReadable(HttpMessageNotReadableException exception, HttpServletRequest request) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLarge) {
                return plain(request, 413);
            }
            if (cause instanceof Problems problems) {
                return problems(Unreadable.at(exception, problems), request);
            }
        }
        return answer(
                request,
                400,
                "malformed",
                "读不懂发来的内容",
                "请求正文不是本接口要求的 JSON。" + Unreadable.where(exception),
                Unreadable.problems(exception));
    }

    @ExceptionHandler({MethodArgumentNotValidException.class})
    Object notValid(MethodArgumentNotValidException exception, HttpServletRequest request) {
        return problems(new Problems(found(exception.getBindingResult())), request);
    }

    @ExceptionHandler
    Object notValid(HandlerMethodValidationException exception, HttpServletRequest request) {
        var found = new ArrayList<Problem>();
        exception
                .getParameterValidationResults()
                .forEach(
                        r -> {
                            String name = r.getMethodParameter().getParameterName();
                            r.getResolvableErrors()
                                    .forEach(
                                            e ->
                                                    found.add(
                                                            new Problem(
                                                                    name == null ? "" : name,
                                                                    text(e.getDefaultMessage()))));
                        });
        return problems(new Problems(found), request);
    }

    @ExceptionHandler
    Object wrongType(MethodArgumentTypeMismatchException exception, HttpServletRequest request) {
        boolean inPath = !request.getParameterMap().containsKey(exception.getName());
        if (inPath) {
            return plain(request, 404);
        }
        return problems(
                Problems.of(exception.getName(), "格式不对：“" + exception.getValue() + "”。"), request);
    }

    @ExceptionHandler
    Object missing(MissingServletRequestParameterException exception, HttpServletRequest request) {
        return problems(Problems.of(exception.getParameterName(), "缺少这一项。"), request);
    }

    @ExceptionHandler({MaxUploadSizeExceededException.class, TooLarge.class})
    Object tooLarge(Exception exception, HttpServletRequest request) {
        return plain(request, 413);
    }

    /** Parts that are not parts, parameters without end, characters that no text has. */
    @ExceptionHandler({
        MultipartException.class,
        InvalidParameterException.class,
        RequestRejectedException.class
    })
    Object notUnderstood(Exception exception, HttpServletRequest request) {
        return plain(
                request,
                exception instanceof InvalidParameterException wrong ? wrong.getErrorCode() : 400);
    }

    /** Whether a visitor may come in is the guard's business. */
    @ExceptionHandler
    void notAllowed(AccessDeniedException exception) {
        throw exception;
    }

    /** Whether a visitor may come in is the guard's business. */
    @ExceptionHandler
    void notSignedIn(AuthenticationException exception) {
        throw exception;
    }

    /** The reader went away: there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException exception) {
        LOG.debug("the reader went away", exception);
    }

    @ExceptionHandler
    Object everythingElse(
            Exception exception, HttpServletRequest request, HttpServletResponse response) {
        if (exception instanceof ErrorResponse known && known.getStatusCode().value() < 500) {
            // what is allowed or accepted instead (RFC 9110, 15.5.6 and 15.5.16)
            known.getHeaders()
                    .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
            return plain(request, known.getStatusCode().value());
        }
        if (exception
                .getClass()
                .getName()
                .equals("org.apache.catalina.connector.ClientAbortException")) {
            return ResponseEntity.noContent().build();
        }
        String number = newNumber();
        LOG.error(
                "error {} at {} {}",
                number,
                request.getMethod(),
                request.getRequestURI(),
                exception);
        return failed(request, number);
    }

    /** What the servlet container and the guard send on: no handler, not signed in, forged. */
    @RequestMapping("${server.error.path:/error}")
    Object sentOn(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer number ? number : 404;
        Object said = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        if (status == 403 && said instanceof String text && CHINESE.matcher(text).find()) {
            return answer(request, 403, "not-allowed", "不能打开", text, List.of());
        }
        if (status < 500) {
            return plain(request, status);
        }
        String number = newNumber();
        Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        LOG.error("error {} at {}", number, path(request), cause instanceof Throwable t ? t : null);
        return failed(request, number);
    }

    private static Object failed(HttpServletRequest request, String number) {
        String text = "不是您的操作有误。请稍后再试；若一直如此，请把错误编号告诉管理员。没有保存任何内容。";
        if (wantsJson(request)) {
            Map<String, Object> body = body(request, 500, "failed", "系统出错了", text, List.of());
            body.put("number", number);
            return json(500, body);
        }
        return page(request, 500, new ErrorPage("500", "系统出错了", text, List.of(), number));
    }

    private static Object plain(HttpServletRequest request, int status) {
        return switch (status) {
            case 400 -> answer(request, 400, "malformed", "读不懂这个请求", "请检查地址和填写的内容。", List.of());
            case 401 -> answer(request, 401, "not-signed-in", "请先登录", "这个页面需要登录后使用。", List.of());
            case 403 ->
                    answer(
                            request,
                            403,
                            "not-allowed",
                            "您的账号不能使用这个页面",
                            "可能是角色不符，或页面停留太久需要重新打开。请返回后再试，或换一个账号登录。",
                            List.of());
            case 404 -> answer(request, 404, "not-found", "没有找到", "地址可能写错了，或这条记录不属于您。", List.of());
            case 405 ->
                    answer(request, 405, "method-not-allowed", "不能这样打开", "这个地址不支持该操作。", List.of());
            case 413 ->
                    answer(
                            request,
                            413,
                            "too-large",
                            "发来的内容太大",
                            "请分成几次发送，每次不超过 " + BodyLimit.MEGABYTES + " MB。",
                            List.of());
            case 415 ->
                    answer(
                            request,
                            415,
                            "unsupported-media-type",
                            "不支持这种格式",
                            "请求头 Content-Type 应为 application/json。",
                            List.of());
            case 429 -> answer(request, 429, "too-many", "操作太频繁", "请稍等一会儿再试。", List.of());
            default -> {
                HttpStatus known = HttpStatus.resolve(status);
                yield answer(
                        request,
                        status,
                        "http-" + status,
                        "不能完成",
                        known == null ? "请检查后再试。" : "请检查后再试（" + known.getReasonPhrase() + "）。",
                        List.of());
            }
        };
    }

    private static Object answer(
            HttpServletRequest request,
            int status,
            String rule,
            String title,
            String text,
            List<Problem> problems) {
        if (wantsJson(request)) {
            return json(status, body(request, status, rule, title, text, problems));
        }
        return page(
                request,
                status,
                new ErrorPage(String.valueOf(status), title, text, problems, null));
    }

    private static ModelAndView page(HttpServletRequest request, int status, ErrorPage page) {
        boolean english = PageLanguage.isEnglish(request);
        ErrorPage shown = english ? inEnglish(page) : page;
        var answer = new ModelAndView("pages/error");
        answer.setStatus(HttpStatusCode.valueOf(status));
        answer.addObject("shell", Shell.stranger(english));
        answer.addObject("page", shown);
        return answer;
    }

    private static ErrorPage inEnglish(ErrorPage page) {
        return switch (page.status()) {
            case "404" ->
                    new ErrorPage(
                            "404",
                            "Not found",
                            "The address may be mistyped, or the thing is not there any more.",
                            List.of(),
                            null);
            case "500" ->
                    new ErrorPage(
                            "500",
                            "Something went wrong on our side",
                            "Please try again later; if it stays so, tell us the error number."
                                    + " Nothing was saved.",
                            List.of(),
                            page.number());
            default ->
                    new ErrorPage(
                            page.status(),
                            "This did not work",
                            "Please go back, check what was typed and try again.",
                            List.of(),
                            page.number());
        };
    }

    private static ResponseEntity<Map<String, Object>> json(int status, Map<String, Object> body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    private static Map<String, Object> body(
            HttpServletRequest request,
            int status,
            String rule,
            String title,
            String text,
            List<Problem> problems) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:xinyuan:problem:" + rule);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", text);
        body.put("instance", path(request));
        body.put("rule", rule);
        if (!problems.isEmpty()) {
            body.put("problems", problems);
        }
        return body;
    }

    private static String path(HttpServletRequest request) {
        Object from = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return from instanceof String uri ? uri : request.getRequestURI();
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String path = path(request).toLowerCase(Locale.ROOT);
        if (path.startsWith("/api/") || path.startsWith("/epcis/") || path.equals("/epcis")) {
            return true;
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    private static List<Problem> found(BindingResult result) {
        return result.getAllErrors().stream().map(Answers::found).toList();
    }

    private static Problem found(ObjectError error) {
        String field = error instanceof FieldError f ? f.getField() : "";
        return new Problem(field, text(error.getDefaultMessage()));
    }

    private static String text(@Nullable String message) {
        return message == null ? "这一项不符合要求。" : message;
    }

    private static String newNumber() {
        var number = new StringBuilder("E-");
        for (int i = 0; i < 8; i++) {
            number.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return number.toString();
    }

    /** A body larger than any honest one. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("the body is too large");
        }
    }
}
