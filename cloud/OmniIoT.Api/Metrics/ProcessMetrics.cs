using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace OmniIoT.Api.Metrics;

/// <summary>What the process takes, under the names that Prometheus' own clients use.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    public const string MeterName = "OmniIoT.Process";

    private readonly Meter _meter = new(MeterName);

    public ProcessMetrics()
    {
        _meter.CreateObservableCounter(
            "process_cpu_seconds_total",
            () => Environment.CpuUsage.TotalTime.TotalSeconds,
            null,
            "Processor time used, user and system."
        );
        Gauge("process_resident_memory_bytes", "Memory in use.", () => Environment.WorkingSet);
        Gauge("process_start_time_seconds", "When the process started, since 1970.", () => Ask(StartedAt));
        Gauge("process_threads", "Threads.", () => Ask(static process => process.Threads.Count));
        Gauge("dotnet_gc_heap_bytes", "Memory that the garbage collector manages.", () => GC.GetTotalMemory(forceFullCollection: false));
        Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread.", () => ThreadPool.PendingWorkItemCount);
        _meter.CreateObservableCounter("dotnet_gc_collections_total", Collections, null, "Garbage collections by generation.");
    }

    /// <summary>Whether an instrument is one of these, and not of another host in the process.</summary>
    public bool Has(Instrument instrument) => instrument.Meter == _meter;

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<double> observe) =>
        _meter.CreateObservableGauge(name, observe, null, description);

    private static double Ask(Func<Process, double> what)
    {
        using Process process = Process.GetCurrentProcess();
        return what(process);
    }

    private static double StartedAt(Process process) =>
        Math.Round((process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds, 3);

    private static IEnumerable<Measurement<long>> Collections()
    {
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            string label = generation.ToString(CultureInfo.InvariantCulture);
            yield return new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", label));
        }
    }
}
