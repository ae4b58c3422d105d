using BenchmarkDotNet.Attributes;

namespace OmniIoT.Benchmarks;

/// <summary>What every message or fix passes through. The same operations are measured by the allocation gate.</summary>
[MemoryDiagnoser]
public class HotPathBenchmarks
{
    private readonly CodecOperation _codec = new();
    private readonly RulesOperation _rules = new();
    private readonly FenceOperation _fences = new();

    [Benchmark]
    public int DecodeAndEncodePublish() => _codec.Run();

    [Benchmark]
    public int ReadTelemetryAndJudgeRules() => _rules.Run();

    [Benchmark]
    public int MatchFences() => _fences.Run();
}
