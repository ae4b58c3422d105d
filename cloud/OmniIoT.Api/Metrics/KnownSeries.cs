using System.Diagnostics.Metrics;
using System.Text.Json;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Api.Metrics;

/// <summary>A rate over a series that appears with its first count misses that count: series that are known start at zero.</summary>
internal static class KnownSeries
{
    public static void Show(OmniMetrics metrics)
    {
        Show(metrics.Messages, "outcome", "accepted", "dead_letter", "dropped", "refused");
        Show(metrics.Alarms, "severity", Names<Severity>());
        Show(metrics.Cases, "opened_by", Names<CaseOpener>());
        Show(metrics.Decisions, "reason", Names<OfferReason>());
        Show(metrics.DeadLetters, "reason", Names<DeadLetterReason>());
        Show(metrics.Downlinks, "outcome", "published", "expired");
        Show(metrics.Provisioning, "outcome", [.. Names<RegistrationOutcome>(), "claimed", "claimRefused"]);
        Show(metrics.WebhooksRefused, "channel", ChannelKinds.WebChat);
        Show(metrics.SparkplugSkipped, "reason", "null", "notScalar", "notFinite", "tooLong");
        metrics.SparkplugRebirths.Add(0);
        metrics.NullReadings.Add(0);
        metrics.CommitFailures.Add(0);
        metrics.FencedCommits.Add(0);
        metrics.RemoteCalls.Add(0);
        // A histogram is shown from its first observation on; one of nothing changes no rate.
        metrics.CommitSeconds.Record(0);
        metrics.CommitMessages.Record(0);
    }

    private static void Show(Counter<long> counter, string label, params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
            counter.Add(0, new KeyValuePair<string, object?>(label, value));
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
