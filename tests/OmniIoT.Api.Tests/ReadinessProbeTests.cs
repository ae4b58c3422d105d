using Microsoft.Extensions.Time.Testing;
using OmniIoT.Api.Readiness;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Api.Tests;

public sealed class ReadinessProbeTests
{
    private static readonly CancellationToken Cancel = CancellationToken.None;

    [Fact]
    public async Task Every_part_is_named_and_one_that_is_not_well_says_why()
    {
        ReadinessView view = await LookAsync(
            new("storage", _ => new((string?)null)),
            new("gateway", _ => new((string?)null)),
            new("gateway", _ => new("The heartbeat failed.")),
            new("telemetry", _ => throw new OperationCanceledException("a request timed out"))
        );

        Assert.Equal("unavailable", view.Status);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["storage"] = "ok",
                ["gateway"] = "unavailable",
                ["telemetry"] = "unavailable",
            },
            view.Parts
        );
        Assert.Equal(
            new Dictionary<string, string> { ["gateway"] = "The heartbeat failed.", ["telemetry"] = "a request timed out" },
            view.Reasons
        );
    }

    [Fact]
    public async Task A_part_that_does_not_answer_is_not_well()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        TaskCompletionSource<string?> never = new();
        Task<ReadinessView> looking = new ReadinessProbe([new("storage", _ => new(never.Task))], time).LookAsync(Cancel);

        time.Advance(ReadinessProbe.Patience);

        Assert.Equal("It did not say within 5 s how it is.", (await Awaited.Within(looking, "answer")).Reasons["storage"]);
    }

    [Fact]
    public async Task What_is_wrong_and_keeps_nobody_from_being_served_is_said()
    {
        ReadinessView view = await LookAsync(
            new("storage", _ => new((string?)null)),
            new("storage", _ => new("A file is damaged.")) { IsNeeded = false },
            new("telemetry", _ => new((string?)null)) { IsNeeded = false }
        );

        Assert.Equal("ok", view.Status);
        Assert.Equal(new Dictionary<string, string> { ["storage"] = "impaired", ["telemetry"] = "ok" }, view.Parts);
        Assert.Equal(new Dictionary<string, string> { ["storage"] = "A file is damaged." }, view.Reasons);
    }

    private static Task<ReadinessView> LookAsync(params ReadinessCheck[] checks) =>
        Awaited.Within(new ReadinessProbe(checks, TimeProvider.System).LookAsync(Cancel), "answer");
}
