using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Api.Metrics;

/// <summary>Gathers what the platform's meter measures, from its creation on, and shows it as Prometheus text.</summary>
public sealed class PrometheusExporter : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentRecord> _instruments = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _observing = new();

    public PrometheusExporter(OmniMetrics metrics)
    {
        _listener.InstrumentPublished = Enable;
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, state) => ((InstrumentRecord)state!).Record(value, tags)
        );
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, tags, state) => ((InstrumentRecord)state!).Record(value, tags)
        );
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, state) => ((InstrumentRecord)state!).Record(value, tags)
        );
        _listener.Start();
        ShowZeroes(metrics);
    }

    /// <summary>Everything as it is now.</summary>
    public string Write()
    {
        PrometheusText text = new();
        lock (_observing)
        {
            _listener.RecordObservableInstruments();
            // Several parts may measure under one name, each its own series; the format wants them together.
            foreach (
                IGrouping<string, InstrumentRecord> metric in _instruments
                    .Values.GroupBy(record => record.Name)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
            )
            {
                InstrumentRecord first = metric.First();
                text.Begin(first.Name, first.Type, first.Help);
                foreach (InstrumentRecord record in metric)
                    record.WriteSamples(text);
            }
        }
        ProcessNumbers.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == OmniMetrics.MeterName)
            listener.EnableMeasurementEvents(
                instrument,
                _instruments.GetOrAdd(instrument, InstrumentRecord.For)
            );
    }

    /// <summary>A rate over a series that appears with its first count misses that count: known series start at zero.</summary>
    private static void ShowZeroes(OmniMetrics metrics)
    {
        foreach (string outcome in new[] { "accepted", "dead_letter", "dropped", "refused" })
            metrics.Messages.Add(0, Tag("outcome", outcome));
        foreach (OfferReason reason in Enum.GetValues<OfferReason>())
            metrics.Decisions.Add(0, Tag("reason", NameOf(reason.ToString())));
        foreach (DeadLetterReason reason in Enum.GetValues<DeadLetterReason>())
            metrics.DeadLetters.Add(0, Tag("reason", NameOf(reason.ToString())));
        foreach (
            string outcome in Enum.GetNames<RegistrationOutcome>()
                .Select(NameOf)
                .Append("claimed")
                .Append("claimRefused")
        )
            metrics.Provisioning.Add(0, Tag("outcome", outcome));
        metrics.CommitFailures.Add(0);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string NameOf(string value) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value);
}
