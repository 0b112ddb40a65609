package io.marketbrain.provider.feed;

/** Work for the thread of a feed's connection, from other threads. Thread-safe. */
@FunctionalInterface
interface MailBox {
    void post(Runnable work);
}
