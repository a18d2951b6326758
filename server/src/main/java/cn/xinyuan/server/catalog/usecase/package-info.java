/** What clerks do to products. */
@NullMarked
package cn.xinyuan.server.catalog.usecase;

import org.jspecify.annotations.NullMarked;
