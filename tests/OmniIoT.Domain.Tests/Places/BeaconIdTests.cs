using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Places;

public sealed class BeaconIdTests
{
    private const string Uuid = "f7826da6-4fa2-4e98-8024-bc5b71e0893e";

    [Theory]
    [InlineData("F7826DA6-4FA2-4E98-8024-BC5B71E0893E:1:2", Uuid + ":1:2")]
    [InlineData("f7826da6-4FA2-4e98-8024-bc5b71e0893e:01:00002", Uuid + ":1:2")]
    [InlineData(Uuid + ":0:65535", Uuid + ":0:65535")]
    public void Every_spelling_is_one_id(string text, string id)
    {
        Assert.True(BeaconId.TryParse(text, out string? parsed));
        Assert.Equal((id, id), (parsed, BeaconId.Canonical(text)));
    }

    [Theory]
    [InlineData("scanner-1")]
    [InlineData("F7826DA6:1:2")]
    [InlineData(Uuid + ":1")]
    [InlineData(Uuid + ":1:65536")]
    [InlineData(Uuid + ":-1:2")]
    [InlineData(Uuid + ": 1:2")]
    public void What_is_no_beacon_stays_as_it_is(string text)
    {
        Assert.False(BeaconId.TryParse(text, out _));
        Assert.Equal(text, BeaconId.Canonical(text));
    }
}
