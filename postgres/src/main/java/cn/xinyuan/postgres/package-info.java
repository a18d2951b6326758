/**
 * A real PostgreSQL server that starts with the program and stops after it.
 *
 * <p>The binaries come with the program and are unpacked once under the data folder. The server
 * writes with {@code fsync} on, listens on the loopback address only, asks for a generated
 * password, and is found again after a crash: a server left behind by a killed program is stopped,
 * a stale pid file is cleared away, and a second program on the same folder is turned back with a
 * sentence instead of a corrupted folder.
 */
@NullMarked
package cn.xinyuan.postgres;

import org.jspecify.annotations.NullMarked;
