/**
 * What every page needs: the shell, the words for dates and amounts, form problems, error pages,
 * the JTE views, and the small question "who is signed in", which {@code access} answers.
 *
 * <h2>How to write a page</h2>
 *
 * A controller reads the address into values, calls one use case and hands a page record, already
 * in words, to {@link cn.xinyuan.server.pages.Console}:
 *
 * {@snippet lang=java :
 * @Controller
 * @MayCall(Role.CLERK)
 * class LotController {
 *     @GetMapping("/p/lots")
 *     ModelAndView list() {                                       // a list
 *         return console.page("trace/lots", "/p/lots", LotsPage.of(lots.of(party())));
 *     }
 *
 *     @GetMapping("/p/lots/{id}")
 *     ModelAndView one(@PathVariable UUID id) {                   // out of scope: NotFound
 *         return console.page("trace/lot", "/p/lots", LotPage.of(seen(id)));
 *     }
 *
 *     @GetMapping("/p/lots/{id}/pack")
 *     ModelAndView form(@PathVariable UUID id) {
 *         return console.page("trace/pack", "/p/lots", PackPage.of(seen(id), Form.empty()));
 *     }
 *
 *     @PostMapping("/p/lots/{id}/pack")
 *     ModelAndView pack(@PathVariable UUID id, HttpServletRequest request) {
 *         return Acts.orFormAgain(                                // problems: the form, values kept
 *                 request,
 *                 () -> "/p/lots/" + goods.pack(signedIn.get(), Packings.read(Form.of(request))).id(),
 *                 form -> console.page("trace/pack", "/p/lots", PackPage.of(seen(id), form)));
 *     }
 * }
 * }
 *
 * <p>The list, {@code trace/lots.jte}; on a phone each row becomes a card, {@code data-label} names
 * the value, {@code main} is the card's title:
 *
 * <pre>{@literal
 * @import cn.xinyuan.server.pages.Shell
 * @import cn.xinyuan.server.trace.web.LotsPage
 * @param Shell shell
 * @param LotsPage page
 * @template.pages.console(shell = shell, title = "生产批次", body = @`
 * <div class="ph"><h1>生产批次</h1><p>共 ${page.count()} 批</p>
 * <div class="acts"><a class="btn pri" href="/p/lots/new">@template.pages.i(name = "plus")新建包装批</a></div></div>
 * @if(page.rows().isEmpty())
 * @template.pages.empty(icon = "box", title = "还没有批次", text = "采收后这里会出现批次。")
 * @else
 * <section class="panel cards-host"><div class="scrollx"><table class="cards">
 * <caption class="vh">批次</caption>
 * <thead><tr><th scope="col">批次号</th><th scope="col">状态</th><th scope="col" class="num">重量</th></tr></thead>
 * <tbody>@for(var r : page.rows())<tr>
 * <td class="main"><a href="${r.address()}">${r.number()}</a></td>
 * <td data-label="状态">@template.pages.badge(badge = r.badge())</td>
 * <td data-label="重量" class="num">${r.kg()}</td></tr>@endfor</tbody></table></div></section>
 * @endif
 * `)
 * }</pre>
 *
 * <p>A form; {@code form.jte} writes the error summary, the token against forged requests and the
 * one-time key, each field its label, hint, problem and what was typed:
 *
 * <pre>{@literal
 * @template.pages.console(shell = shell, title = "包装", body = @`
 * <div class="ph"><h1>包装 ${page.lot()}</h1></div>
 * @template.pages.form(shell = shell, action = page.action(), form = page.form(), body = @`
 *   @template.pages.select(name = "product", label = "产品", choices = page.products(), form = page.form())
 *   @template.pages.field(name = "packs", label = "箱数", form = page.form(), inputmode = "numeric", unit = "箱")
 *   @template.pages.field(name = "note", label = "备注", form = page.form(), required = false, rows = 3)
 *   <div class="btns"><button class="btn pri" type="submit">包装</button><a class="btn" href="/p/lots">取消</a></div>
 * `)
 * `)
 * }</pre>
 *
 * <p>Further: {@code checks} (check boxes, radio buttons with {@code type = "radio"}), {@code
 * confirm} (retype the number, field {@code retyped}, and a {@code reason}), {@code badge} with
 * {@link cn.xinyuan.server.pages.Badge}, {@code source} with {@link
 * cn.xinyuan.server.pages.Evidence}, {@code i} (icon of the sprite), {@code empty}, {@code pager},
 * {@code hidden} (for a one-button form of one's own), {@code farm} (farmer's frame: title, back,
 * tabs), {@code bare} (public frame). Details: {@code <nav class="tabs">}, {@code <div
 * class="g2">}, {@code <section class="card">}, {@code <dl class="kv wide">}, {@code <ol
 * class="tl">}. Figures and days: {@link cn.xinyuan.server.pages.Words}, {@link
 * cn.xinyuan.server.pages.ChinaTime}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package cn.xinyuan.server.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
