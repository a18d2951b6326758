package cn.xinyuan.server.access;

import java.util.Optional;

/** The way in for the very first administrator of an empty installation. */
public interface SetUp {

    /**
     * A fresh one-time address, as a path with its token ({@code /setup?token=…}); empty once there
     * is an administrator. An earlier unused one no longer works.
     */
    Optional<String> newLink();
}
