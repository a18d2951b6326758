package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.PartyNames;
import cn.xinyuan.server.access.domain.Account;
import cn.xinyuan.server.access.domain.AccountBook;
import cn.xinyuan.server.access.web.MePage.LogInRow;
import cn.xinyuan.server.pages.ChinaTime;
import cn.xinyuan.server.pages.Choice;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Accounts in words. */
@Component
class AccountWords {

    private final ObjectProvider<PartyNames> parties;

    AccountWords(ObjectProvider<PartyNames> parties) {
        this.parties = parties;
    }

    String scope(Account account) {
        return account.party() != null
                ? partyName(account.party())
                : account.districts().stream()
                        .sorted()
                        .map(d -> d.isEmpty() ? "全部区划" : "区划 " + d)
                        .collect(Collectors.joining("、"));
    }

    private String partyName(@Nullable UUID party) {
        PartyNames names = parties.getIfAvailable();
        return party == null || names == null
                ? "主体 " + party
                : names.nameOf(party).orElse("主体 " + party);
    }

    List<Choice> parties() {
        PartyNames names = parties.getIfAvailable();
        return names == null ? List.of() : names.choices();
    }

    static List<LogInRow> logIns(List<AccountBook.LogIn> logIns) {
        return logIns.stream()
                .map(
                        l ->
                                new LogInRow(
                                        ChinaTime.minute(l.at()),
                                        switch (l.way()) {
                                            case PAGE -> "网页";
                                            case BASIC -> "接口密码";
                                            case SETUP -> "首次启用";
                                        },
                                        switch (l.outcome()) {
                                            case IN -> "成功";
                                            case WRONG -> "密码不对";
                                            case LOCKED -> "锁定中";
                                            case DISABLED -> "账号停用";
                                        },
                                        l.address()))
                .toList();
    }
}
