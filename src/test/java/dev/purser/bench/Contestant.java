package dev.purser.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server that is measured: its process, the one that keeps its data, and how many connections it has to that. */
record Contestant(String name, int port, long pid, long storePid, int connections) {

    /** What is left on the heap after a full collection. */
    long liveBytes() throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid), "GC.class_histogram").start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = histogram.waitFor();
        String total = text.lines().filter(line -> line.startsWith("Total")).findFirst()
                .orElseThrow(() -> new IOException("Expected a histogram, but jcmd ended with " + code + ": " + text));
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }
}
