/**
 * Who may come in and as what: accounts with one role each, scoped by party or by district;
 * sessions of browsers, keys of machines, the lock-out against guessing and the audit of log-ins.
 * It answers the question of {@code pages}, who is signed in, and stands at the door: before a
 * handler runs, its {@link cn.xinyuan.server.pages.MayCall} is compared to the visitor's role, and
 * a handler that says nothing lets nobody in. A POST that bears a key is carried out once and
 * answered the same ever after.
 *
 * <p>Of passwords, sessions and keys only hashes are stored (Argon2id for passwords; SHA-256 for
 * the others, which are random). A session is a row, so it survives a restart and ends in the
 * instant its account is disabled.
 */
@ApplicationModule(allowedDependencies = {"pages"})
@NullMarked
package cn.xinyuan.server.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
