using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Stands for the grains that are asked: every device has a twin, and takes what merges.</summary>
internal sealed class FakeTwins : ITwinQueries, IPartitionHost
{
    public JsonObject Reported { get; private set; } = [];

    public int ReportedVersion { get; private set; }

    public ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken) => new(new TwinView(
        deviceId, true, null, Reported, new JsonObject { ["speed"] = 3 }, 4, ReportedVersion, new Dictionary<string, TwinValue>(), null, Health.Ok, []));

    public Task<Reply<T>> AskAsync<T>(EntityId grain, GrainRequest<T> request, CancellationToken cancellationToken)
    {
        PatchReported patch = Assert.IsType<PatchReported>(request);
        JsonObject? merged = MergePatch.Apply(Reported, patch.Patch, out _);
        if (merged is null) return Task.FromResult<Reply<T>>(Rejection.Invalid("TwinTooLarge", "too large"));
        Reported = merged;
        return Task.FromResult((Reply<T>)(object)(Reply<int>)(++ReportedVersion));
    }
}
