package io.marketbrain.model;

/** How a provider hands out more candles than fit into one answer. */
public enum CandlePaging {
    /** A page has as many candles as asked for, counted from its start or back from its end. */
    COUNT,
    /** A page is a window of time; candles missing in it are missing in the page. */
    WINDOW,
    /** There is one page: the latest candles, and no way to older ones. */
    NONE
}
