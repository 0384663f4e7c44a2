package dev.purser.bench.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;

/**
 * What a round of load heard.
 *
 * @param latencies in nanoseconds; of an open loop from when a request was due, so that waiting to be sent counts too
 * @param failed answers that were not the wanted ones, with {@code example} of one
 */
public record Heard(double seconds, Histogram latencies, long spends, long looks, long failed, String example) {

    static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    public static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    public double perSecond() {
        return (spends + looks) / seconds;
    }

    /** In microseconds. */
    public double percentile(double percent) {
        return latencies.getValueAtPercentile(percent) / 1e3;
    }

    /** As one line. */
    String written() {
        ByteBuffer packed = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int length = latencies.encodeIntoCompressedByteBuffer(packed);
        byte[] bytes = new byte[length];
        packed.flip().get(bytes);
        return seconds + " " + spends + " " + looks + " " + failed + " " + Base64.getEncoder().encodeToString(bytes)
                + " "
                + example.replaceAll("\\s+", " ");
    }

    static Heard read(String line) {
        String[] part = line.split(" ", 6);
        try {
            Histogram latencies = Histogram
                    .decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(part[4])), 0);
            return new Heard(Double.parseDouble(part[0]), latencies, Long.parseLong(part[1]), Long.parseLong(part[2]),
                    Long.parseLong(part[3]), part[5]);
        } catch (DataFormatException e) {
            throw new IllegalStateException("Expected what a load heard, but got " + line, e);
        }
    }
}
