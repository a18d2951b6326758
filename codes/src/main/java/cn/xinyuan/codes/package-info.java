/**
 * Item codes, GS1 keys, check digits, Digital Link addresses and the arithmetic of code batches. No
 * framework and no database: the server, the outsider's verifier and the benchmarks read the same
 * rules from here.
 *
 * <p>A value refuses what it cannot be ({@link IllegalArgumentException}); strangers' text comes in
 * through {@code read}, which answers empty or says in words what is wrong.
 */
@NullMarked
package cn.xinyuan.codes;

import org.jspecify.annotations.NullMarked;
