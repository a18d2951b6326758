/** Item codes, GS1 keys, check digits and the arithmetic of code batches. */
@NullMarked
package cn.xinyuan.codes;

import org.jspecify.annotations.NullMarked;
