using System.Text;
using OmniIoT.Devices.Topics;

namespace OmniIoT.Devices.Tests;

public sealed class PlatformTopicsTests
{
    [Theory]
    [InlineData("devices/press-7/telemetry", TopicKind.DeviceTelemetry, "press-7", "")]
    [InlineData("devices/press-7/location", TopicKind.DeviceLocation, "press-7", "")]
    [InlineData("devices/press-7/events", TopicKind.DeviceEvents, "press-7", "")]
    [InlineData("devices/press-7/sightings", TopicKind.DeviceSightings, "press-7", "")]
    [InlineData("devices/press-7/twin/reported", TopicKind.DeviceTwinReported, "press-7", "")]
    [InlineData("devices/press-7/twin/desired", TopicKind.DeviceTwinDesired, "press-7", "")]
    [InlineData("devices/press-7/commands/c:1/request", TopicKind.DeviceCommandRequest, "press-7", "c:1")]
    [InlineData("devices/press-7/commands/c:1/response", TopicKind.DeviceCommandResponse, "press-7", "c:1")]
    [InlineData("devices/press-7/messages/m:1", TopicKind.DeviceMessage, "press-7", "")]
    [InlineData("customers/ann/location", TopicKind.CustomerLocation, "ann", "")]
    [InlineData("customers/ann/sightings", TopicKind.CustomerSightings, "ann", "")]
    [InlineData("customers/ann/offers", TopicKind.CustomerOffers, "ann", "")]
    [InlineData("customers/ann/messages", TopicKind.CustomerMessages, "ann", "")]
    [InlineData("", TopicKind.Unknown, "", "")]
    [InlineData("devices", TopicKind.Unknown, "", "")]
    [InlineData("devices/press-7", TopicKind.Unknown, "", "")]
    [InlineData("devices//telemetry", TopicKind.Unknown, "", "")]
    [InlineData("devices/press 7/telemetry", TopicKind.Unknown, "", "")]
    [InlineData("devices/press-7/telemetry/", TopicKind.Unknown, "", "")]
    [InlineData("devices/press-7/commands/c 1/response", TopicKind.Unknown, "", "")]
    [InlineData("devices/press-7/commands/c1", TopicKind.Unknown, "", "")]
    [InlineData("customers/ann/telemetry", TopicKind.Unknown, "", "")]
    [InlineData("Devices/press-7/telemetry", TopicKind.Unknown, "", "")]
    public void Topics_are_taken_apart(string topic, TopicKind kind, string id, string commandId)
    {
        ParsedTopic parsed = PlatformTopics.Parse(Encoding.UTF8.GetBytes(topic));

        Assert.Equal(kind, parsed.Kind);
        Assert.Equal(id, Encoding.UTF8.GetString(parsed.Id));
        Assert.Equal(commandId, Encoding.UTF8.GetString(parsed.CommandId));
    }

    [Fact]
    public void Built_topics_are_taken_apart_again()
    {
        Assert.Equal(TopicKind.DeviceTwinDesired, PlatformTopics.Parse(Encoding.UTF8.GetBytes(PlatformTopics.TwinDesired("a"))).Kind);
        Assert.Equal(
            TopicKind.DeviceCommandRequest,
            PlatformTopics.Parse(Encoding.UTF8.GetBytes(PlatformTopics.CommandRequest("a", "b"))).Kind
        );
        Assert.Equal(TopicKind.CustomerOffers, PlatformTopics.Parse(Encoding.UTF8.GetBytes(PlatformTopics.Offers("a"))).Kind);
        Assert.Equal(TopicKind.CustomerMessages, PlatformTopics.Parse(Encoding.UTF8.GetBytes(PlatformTopics.Messages("a"))).Kind);
    }

    [Theory]
    [InlineData("press-7", "devices/press-7/")]
    [InlineData("customer:ann", "customers/ann/")]
    public void A_principal_has_one_root(string principal, string root) => Assert.Equal(root, PlatformTopics.Root(principal));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A.b_c:d-9", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    public void Identifiers_have_one_form(string id, bool valid)
    {
        Assert.Equal(valid, Identifier.IsValid(id));
        Assert.Equal(valid, Identifier.IsValid(Encoding.UTF8.GetBytes(id)));
    }

    [Fact]
    public void Identifiers_have_at_most_128_characters()
    {
        Assert.True(Identifier.IsValid(new string('a', 128)));
        Assert.False(Identifier.IsValid(new string('a', 129)));
        Assert.False(Identifier.IsValid((string?)null));
    }
}
