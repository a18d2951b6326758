package cn.xinyuan.epcis.genealogy;

/**
 * Finds the lots that are among their own ancestors. What no circle reaches is peeled off from both
 * ends; in the rest, strongly connected parts are found without recursion (Tarjan 1972).
 */
final class Circles {

    private final Adjacency graph;
    private final int[] left;
    private final Bits found = new Bits();

    private Circles(Adjacency graph, int[] left) {
        this.graph = graph;
        this.left = left;
    }

    static Bits in(Adjacency graph) {
        int lots = graph.lots();
        int[] degree = new int[lots];
        for (int lot = 0; lot < lots; lot++) {
            degree[lot] = graph.inAt()[lot + 1] - graph.inAt()[lot];
        }
        int[] free = new int[lots];
        int rest = lots - peel(graph.outAt(), graph.outTo(), degree, free);
        if (rest == 0) {
            return new Bits();
        }
        // those with a degree left are on a circle or behind one; peel from the other end too
        int[] outgoing = new int[lots];
        for (int lot = 0; lot < lots; lot++) {
            if (degree[lot] < 0) {
                outgoing[lot] = -1;
                continue;
            }
            for (int i = graph.outAt()[lot]; i < graph.outAt()[lot + 1]; i++) {
                outgoing[lot] += degree[graph.outTo()[i]] >= 0 ? 1 : 0;
            }
        }
        peel(graph.inAt(), graph.inFrom(), outgoing, free);
        Circles circles = new Circles(graph, outgoing);
        circles.components();
        return circles.found;
    }

    /** Takes away lots without a link left, again and again; marks them −1. */
    private static int peel(int[] at, int[] to, int[] degree, int[] free) {
        int tail = 0;
        for (int lot = 0; lot < degree.length; lot++) {
            if (degree[lot] == 0) {
                free[tail++] = lot;
            }
        }
        for (int head = 0; head < tail; head++) {
            int lot = free[head];
            degree[lot] = -1;
            for (int i = at[lot]; i < at[lot + 1]; i++) {
                if (degree[to[i]] > 0 && --degree[to[i]] == 0) {
                    free[tail++] = to[i];
                }
            }
        }
        return tail;
    }

    private void components() {
        IntMap local = new IntMap();
        int rest = 0;
        for (int lot = 0; lot < graph.lots(); lot++) {
            if (left[lot] >= 0) {
                local.put(lot, rest++);
            }
        }
        int[] index = new int[rest];
        int[] low = new int[rest];
        int[] next = new int[rest];
        int[] path = new int[rest];
        int[] open = new int[rest];
        boolean[] isOpen = new boolean[rest];
        int opened = 0;
        int count = 0;
        for (int root = 0; root < graph.lots(); root++) {
            if (left[root] < 0 || index[local.get(root)] != 0) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            while (depth >= 0) {
                int lot = path[depth];
                int here = local.get(lot);
                if (index[here] == 0) {
                    index[here] = ++count;
                    low[here] = count;
                    next[here] = graph.outAt()[lot];
                    open[opened++] = lot;
                    isOpen[here] = true;
                }
                boolean deeper = false;
                while (next[here] < graph.outAt()[lot + 1]) {
                    int to = graph.outTo()[next[here]];
                    int there = left[to] < 0 ? -1 : local.get(to);
                    if (there >= 0 && index[there] == 0) {
                        path[++depth] = to;
                        deeper = true;
                        break;
                    }
                    if (there >= 0 && isOpen[there]) {
                        low[here] = Math.min(low[here], low[there]);
                    }
                    if (to == lot) {
                        found.set(lot);
                    }
                    next[here]++;
                }
                if (deeper) {
                    continue;
                }
                if (low[here] == index[here]) {
                    boolean alone = open[opened - 1] == lot;
                    int member;
                    do {
                        member = open[--opened];
                        isOpen[local.get(member)] = false;
                        if (!alone) {
                            found.set(member);
                        }
                    } while (member != lot);
                }
                depth--;
            }
        }
    }
}
