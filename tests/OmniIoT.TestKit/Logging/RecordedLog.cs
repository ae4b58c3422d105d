using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OmniIoT.TestKit.Logging;

/// <summary>Keeps what was logged.</summary>
/// <param name="least">What is less than that is not kept.</param>
public sealed class RecordedLog(LogLevel least = LogLevel.Error) : ILogger
{
    private readonly ConcurrentQueue<(int Id, Exception? Error)> _entries = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<(int Id, Exception? Error)> Entries => [.. _entries];

    public ILogger<T> For<T>() => new Named<T>(this);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsEnabled(logLevel))
            _entries.Enqueue((eventId.Id, exception));
    }

    private sealed class Named<T>(ILogger log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Log(logLevel, eventId, state, exception, formatter);
    }
}
