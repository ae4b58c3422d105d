using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainTwinTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void The_version_of_what_is_reported_rises_with_every_change_whichever_way_it_came()
    {
        Assert.Equal(1, Report("""{"firmware":"1.2"}""").Result);
        _bench.Send(1, "twin/reported", """{"net":{"rssi":-60}}""");
        _bench.Restart();

        Assert.Equal(3, Report("""{"net":null}""").Result);
        TwinView twin = _bench.Grain.View(process => process == DeviceBench.LivingProcess);
        Assert.Equal((3, """{"firmware":"1.2"}"""), (twin.ReportedVersion, twin.Reported.ToJsonString()));
    }

    [Fact]
    public void A_report_that_would_be_too_large_is_refused_and_changes_nothing()
    {
        Reply<int> reply = Report($$"""{"text":"{{new string('x', 40_000)}}"}""");

        Assert.Equal((RejectionKind.Invalid, "TwinTooLarge"), (reply.Rejection!.Kind, reply.Rejection.Code));
        Assert.Equal(0, _bench.Grain.State.Facts.ReportedVersion);
    }

    [Fact]
    public void A_change_of_desired_properties_goes_down_whole_and_as_what_it_changes()
    {
        Desire("""{"interval":30,"mode":{"eco":true,"night":false},"old":1}""");

        Downlink downlink = Desire("""{"interval":30,"mode":{"night":null,"day":true},"old":null,"never":null}""")
            .Single<Enqueue>()
            .Downlink;

        Assert.Equal(
            """{"version":2,"desired":{"interval":30,"mode":{"eco":true,"day":true}}}""",
            Encoding.UTF8.GetString(downlink.Payload)
        );
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse("""{"old":null,"mode":{"night":null,"day":true}}"""), JsonNode.Parse(downlink.Change))
        );
    }

    [Fact]
    public void An_answer_proves_that_the_command_was_sent_and_delivered()
    {
        string id = _bench
            .Do((grain, decision) => grain.Handle(decision, new SendCommand("restart", null, null, "agent:a")))
            .Single<PutCommand>()
            .Command.Id;

        DeviceCommand done = _bench.Send(5, $"commands/{id}/response", """{"status":"succeeded"}""").Single<PutCommand>().Command;

        Assert.Equal((done.CompletedAt, done.CompletedAt), (done.SentAt, done.DeliveredAt));
    }

    private Reply<int> Report(string patch) => _bench.Grain.Handle(_bench.Scope, new PatchReported(JsonNode.Parse(patch)!.AsObject()));

    private List<Effect> Desire(string patch) =>
        _bench.Do((grain, decision) => grain.Handle(decision, new PatchDesired(JsonNode.Parse(patch)!.AsObject())));
}
