using System.Reflection;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Twins;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Stands for the grains that are asked: every device has a twin, and takes what merges.</summary>
internal sealed class FakeTwins : ITwinQueries, IGrains
{
    public JsonObject Reported { get; private set; } = [];

    public int ReportedVersion { get; private set; }

    public ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken) =>
        new(
            new TwinView
            {
                DeviceId = deviceId,
                Connected = true,
                LastSeenAt = null,
                Reported = Reported,
                Desired = new JsonObject { ["speed"] = 3 },
                Version = 4,
                ReportedVersion = ReportedVersion,
                Values = new Dictionary<string, TwinValue>(),
                Location = null,
                Health = Health.Ok,
                Alarms = [],
            }
        );

    public IDeviceGrain Device(string id)
    {
        IDeviceGrain device = DispatchProxy.Create<IDeviceGrain, DeviceProxy>();
        ((DeviceProxy)(object)device).Report = Report;
        return device;
    }

    public ICustomerGrain Customer(string id) => throw new InvalidOperationException("No customer is asked here.");

    private Reply<int> Report(PatchReported patch)
    {
        JsonObject? merged = MergePatch.Apply(Reported, patch.Patch, out _);
        if (merged is null)
            return Rejection.Invalid("TwinTooLarge", "too large");
        Reported = merged;
        return ++ReportedVersion;
    }

    /// <summary>A device that is asked for nothing but reports.</summary>
#pragma warning disable CA1852 // The proxy derives from it at run time.
    internal class DeviceProxy : DispatchProxy
#pragma warning restore CA1852
    {
        public Func<PatchReported, Reply<int>> Report { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Task.FromResult(Report(Assert.IsType<PatchReported>(args![0])));
    }
}
