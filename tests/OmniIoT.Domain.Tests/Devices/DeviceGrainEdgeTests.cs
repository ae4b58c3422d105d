using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>A device that an edge node speaks for.</summary>
public sealed class DeviceGrainEdgeTests
{
    private static readonly EdgeAttachment Edge = new("node", "press");
    private static readonly DeviceRegistration Node = new("node", "washer", "ann", null, null, DeviceBench.Start, 1);

    private readonly DeviceBench _bench = new(customerId: "ann");

    [Fact]
    public void A_device_that_never_spoke_for_itself_is_taken_by_a_node_of_its_owner_and_stays_there()
    {
        Assert.Null(Attach(Edge, Node));
        _bench.Temperature(1, 20);
        _bench.Restart();

        Assert.Null(Attach(Edge, Node));
        Assert.Equal("DeviceIsElsewhere", Attach(Edge with { NodeId = "other" }, Node with { Id = "other" })?.Code);
        Assert.Equal("DeviceIsElsewhere", Attach(Edge with { Device = "other" }, null)?.Code);
    }

    [Theory]
    [InlineData("bea", null)]
    [InlineData(null, null)]
    [InlineData("ann", "site-1")]
    public void A_node_of_another_owner_or_site_does_not_get_it(string? customerId, string? siteId) =>
        Assert.Equal("DeviceIsItsOwn", Attach(Edge, Node with { CustomerId = customerId, SiteId = siteId })?.Code);

    [Fact]
    public void A_device_that_is_connected_or_was_heard_speaks_for_itself()
    {
        _bench.Do((grain, decision) => grain.Connected(decision.Moment, "c1", DeviceBench.LivingProcess));
        Assert.Equal("DeviceIsItsOwn", Attach(Edge, Node)?.Code);
        _bench.Do((grain, decision) => grain.Disconnected(decision.Moment, "c1", DeviceBench.LivingProcess));
        _bench.Temperature(1, 20);

        Assert.Equal("DeviceIsItsOwn", Attach(Edge, Node)?.Code);
        Assert.Null(Attach(Edge, null)); // One that was registered as the node's is the node's.
    }

    [Fact]
    public void A_new_owner_ends_it()
    {
        Attach(Edge, Node);

        _bench.Do((grain, decision) => grain.Replace(decision, new RegisterDevice("washer", "bea", null, null), DeviceBench.Alone));

        Assert.Null(Attach(Edge with { NodeId = "other" }, null));
    }

    [Fact]
    public void It_takes_the_commands_of_every_edge_beside_those_of_its_model()
    {
        Assert.Equal("UnknownCommand", Send("write")?.Code);
        Attach(Edge, Node);

        Assert.All(["write", "rebirth", "reboot", "restart"], name => Assert.Null(Send(name)));
        Assert.Contains("rebirth, reboot, restart, slow-spin, write", Send("explode")!.Message);
    }

    private Rejection? Attach(EdgeAttachment edge, DeviceRegistration? adopter) =>
        _bench.Grain.Handle(_bench.Decision.Moment, new AttachToEdge(edge, adopter)).Rejection;

    private Rejection? Send(string name) => _bench.Grain.Handle(_bench.Decision, new SendCommand(name, null, null, "agent:ann")).Rejection;
}
