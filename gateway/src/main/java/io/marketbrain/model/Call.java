package io.marketbrain.model;

/**
 * The circumstances of one request, apart from what is asked: who, how urgently, until when.
 *
 * @param mockWhenDown the caller accepts mock data, labelled, where a live provider is down
 */
public record Call(CallId id, Caller caller, Priority priority, Deadline deadline, boolean mockWhenDown) {}
