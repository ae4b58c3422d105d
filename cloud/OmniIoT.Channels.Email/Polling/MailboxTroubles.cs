using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>
/// Mailboxes of this process that cannot be read, and why: counted as <c>omniiot_mailboxes_failing</c> and named by <c>/readyz</c>. Safe
/// for concurrent use.
/// </summary>
public sealed class MailboxTroubles
{
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    public MailboxTroubles(OmniMetrics metrics) =>
        metrics.Gauge(
            "omniiot_mailboxes_failing",
            "Mailboxes of e-mail channels that cannot be read.",
            () => [new Measurement<long>(_troubles.Count)]
        );

    /// <summary>All of them in words; null: every mailbox is read.</summary>
    public string? All =>
        _troubles.IsEmpty
            ? null
            : string.Join(
                ' ',
                _troubles
                    .OrderBy(static one => one.Key, StringComparer.Ordinal)
                    .Select(static one => $"The mailbox of the channel '{one.Key}' cannot be read: {one.Value}")
            );

    /// <returns>Whether it is news.</returns>
    internal bool Tell(string channel, string why)
    {
        bool isNews = !_troubles.TryGetValue(channel, out string? told) || told != why;
        _troubles[channel] = why;
        return isNews;
    }

    /// <returns>Whether there was any.</returns>
    internal bool End(string channel) => _troubles.TryRemove(channel, out _);
}
