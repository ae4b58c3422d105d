using System.Diagnostics;
using System.Globalization;

namespace OmniIoT.Api.Metrics;

/// <summary>What the process takes, under the names that Prometheus' own clients use.</summary>
internal static class ProcessNumbers
{
    public static void Write(PrometheusText text)
    {
        using Process process = Process.GetCurrentProcess();
        text.Begin("process_cpu_seconds_total", "counter", "Processor time used, user and system.");
        text.Sample("process_cpu_seconds_total", [], process.TotalProcessorTime.TotalSeconds);
        Gauge(text, "process_resident_memory_bytes", "Memory in use.", process.WorkingSet64);
        Gauge(
            text,
            "process_start_time_seconds",
            "When the process started, since 1970.",
            StartedAt(process)
        );
        Gauge(text, "process_threads", "Threads.", process.Threads.Count);
        Gauge(
            text,
            "dotnet_gc_heap_bytes",
            "Memory that the garbage collector manages.",
            GC.GetTotalMemory(forceFullCollection: false)
        );
        Gauge(
            text,
            "dotnet_threadpool_queue_length",
            "Work that waits for a thread.",
            ThreadPool.PendingWorkItemCount
        );
        WriteCollections(text);
    }

    private static void WriteCollections(PrometheusText text)
    {
        text.Begin("dotnet_gc_collections_total", "counter", "Garbage collections by generation.");
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            Label label = new("generation", generation.ToString(CultureInfo.InvariantCulture));
            text.Sample("dotnet_gc_collections_total", [label], GC.CollectionCount(generation));
        }
    }

    private static void Gauge(PrometheusText text, string name, string help, double value)
    {
        text.Begin(name, "gauge", help);
        text.Sample(name, [], value);
    }

    private static double StartedAt(Process process) =>
        Math.Round((process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds, 3);
}
