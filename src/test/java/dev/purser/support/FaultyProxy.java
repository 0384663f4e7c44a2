package dev.purser.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to the database that can fail: it drops the answer to what was sent, or falls silent, keeps back what is sent and
 * delivers it much later, when the sender has long given up.
 */
public final class FaultyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private volatile URI target;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final AtomicBoolean dropNextAnswer = new AtomicBoolean();
    private final AtomicInteger repeatAnswerAfter = new AtomicInteger(-1);
    private volatile double dropped;
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicBoolean silent = new AtomicBoolean();

    private FaultyProxy(URI target, String address) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
        Thread.ofVirtual().start(this::accept);
    }

    public static FaultyProxy before(String databaseUrl) {
        return before(databaseUrl, Place.HERE.address());
    }

    /** Reached at another address than that of this machine. */
    public static FaultyProxy before(String databaseUrl, String address) {
        try {
            return new FaultyProxy(URI.create(databaseUrl), address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database as it is reached through here. */
    public String url() {
        return target.toString().replace("@" + target.getHost() + ":" + target.getPort() + "/",
                "@" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + "/");
    }

    /** Swallows the next answer and closes the connection that it was for; the database has done what it was asked. */
    public void dropNextAnswer() {
        dropNextAnswer.set(true);
    }

    public boolean hasDropped() {
        return !dropNextAnswer.get();
    }

    /** Answers the next request with what was answered on its connection before, and keeps it from the database. */
    public void repeatAnswer() {
        repeatAnswerAfter(0);
    }

    /** Does so once it has let so many through. */
    public void repeatAnswerAfter(int requests) {
        repeatAnswerAfter.set(requests);
    }

    /** Does so to this share of all answers, until {@link #heal}. */
    public void dropAnswers(double share) {
        dropped = share;
    }

    /** Keeps back what is sent from now on over the connections that there are; new ones work. */
    public void holdRequests() {
        links.forEach(Link::hold);
    }

    /** Like {@link #holdRequests}, and new connections are silent from the start. */
    public void fallSilent() {
        silent.set(true);
        holdRequests();
    }

    /** Delivers what was kept back, and waits until the database has dealt with it; answers how many bytes it was. */
    public int deliverHeld() {
        return links.stream().mapToInt(Link::deliver).sum();
    }

    /** How many bytes are kept back at the moment. */
    int held() {
        return links.stream().mapToInt(Link::held).sum();
    }

    /** Leads to another place from now on, as when the database has come back there. */
    public void leadTo(String databaseUrl) {
        target = URI.create(databaseUrl);
    }

    /** Lets no connection through any more, and cuts those that there are. */
    public void cut() {
        refusing.set(true);
        links.forEach(Link::close);
    }

    public void heal() {
        refusing.set(false);
        silent.set(false);
        dropped = 0;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing.get()) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException closed) {
            links.forEach(Link::close);
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(target.getHost(), target.getPort());
        } catch (ConnectException nobodyThere) {
            client.close();
            return;
        }
        Link link = new Link(client, server);
        links.add(link);
        if (silent.get()) {
            link.hold();
        }
        link.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One connection, both ways. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private final CountDownLatch serverDone = new CountDownLatch(1);
        private boolean holding;
        private volatile byte[] lastAnswer = {};
        private volatile boolean clientIsGone;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(this::requests);
            Thread.ofVirtual().start(this::answers);
        }

        synchronized void hold() {
            holding = true;
        }

        synchronized int held() {
            return held.size();
        }

        int deliver() {
            int delivered;
            synchronized (this) {
                if (!holding || server.isClosed() || server.isOutputShutdown()) {
                    return 0;
                }
                holding = false;
                delivered = held.size();
                try {
                    server.getOutputStream().write(held.toByteArray());
                    held.reset();
                } catch (IOException gone) {
                    // The database has given up the connection meanwhile, and gets nothing.
                    return 0;
                }
            }
            if (clientIsGone) {
                endServer();
            }
            return delivered;
        }

        /** Nothing more comes after the late bytes: the database has dealt with them when it ends the connection. */
        private void endServer() {
            try {
                if (serverDone.getCount() > 0) {
                    server.shutdownOutput();
                }
                if (!serverDone.await(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("Expected the database to deal with the late bytes, but it did not end");
                }
            } catch (IOException e) {
                // It ended just now; the count says so.
                if (serverDone.getCount() > 0) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void requests() {
            byte[] chunk = new byte[65_536];
            try {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    synchronized (this) {
                        if (repeatAnswerAfter.getAndUpdate(left -> Math.max(-1, left - 1)) == 0) {
                            forward(lastAnswer, lastAnswer.length);
                        } else if (holding) {
                            held.write(chunk, 0, n);
                        } else {
                            out.write(chunk, 0, n);
                        }
                    }
                }
                awaitDelivery();
            } catch (IOException closed) {
                awaitDelivery();
            }
        }

        /** The client is gone; what it had sent is still on its way. */
        private void awaitDelivery() {
            clientIsGone = true;
            synchronized (this) {
                if (holding) {
                    return;
                }
            }
            closeQuietly(server);
        }

        private void answers() {
            byte[] chunk = new byte[65_536];
            try {
                InputStream in = server.getInputStream();
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    if (dropNextAnswer.getAndSet(false) || ThreadLocalRandom.current().nextDouble() < dropped) {
                        closeQuietly(client);
                    } else if (!client.isClosed()) {
                        lastAnswer = Arrays.copyOf(chunk, n);
                        forward(chunk, n);
                    }
                }
            } catch (IOException closed) {
                closeQuietly(client);
            } finally {
                serverDone.countDown();
                closeQuietly(client);
            }
        }

        private void forward(byte[] chunk, int n) {
            try {
                client.getOutputStream().write(chunk, 0, n);
            } catch (IOException clientIsGone) {
                closeQuietly(client);
            }
        }

        void close() {
            closeQuietly(client);
            closeQuietly(server);
        }

        private void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
