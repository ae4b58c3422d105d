using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Ports.Damage;

/// <summary>
/// Files that were found damaged, by part: told in the log once, counted as <c>omniiot_damaged_files</c>, and named by <c>/readyz</c> until
/// the process ends. Safe for concurrent use.
/// </summary>
public sealed partial class KnownDamage
{
    private readonly ConcurrentDictionary<(string Part, string File), string> _found = [];
    private readonly ILogger _logger;

    public KnownDamage(OmniMetrics metrics, ILogger<KnownDamage> logger)
    {
        _logger = logger;
        metrics.Gauge(
            "omniiot_damaged_files",
            "Files of the data directory that were found damaged.",
            () => [new Measurement<long>(_found.Count)]
        );
    }

    /// <summary>A file is damaged; what was found first is kept.</summary>
    /// <param name="part">One of <see cref="Loops.PartNames"/>.</param>
    /// <param name="file">Its name.</param>
    /// <param name="what">For people: what is wrong, and what comes of it.</param>
    public void Tell(string part, string file, string what)
    {
        if (_found.TryAdd((part, file), what))
            LogDamaged(_logger, file, what);
    }

    /// <summary>What is known of a part's files; null when nothing is.</summary>
    public string? Of(string part)
    {
        string[] found = [.. _found.Where(file => file.Key.Part == part).Select(file => $"{file.Key.File} is damaged: {file.Value}")];
        return found.Length == 0 ? null : string.Join(' ', found.Order(StringComparer.Ordinal));
    }

    [LoggerMessage(1503, LogLevel.Error, "{File} is damaged: {What}")]
    private static partial void LogDamaged(ILogger logger, string file, string what);
}
