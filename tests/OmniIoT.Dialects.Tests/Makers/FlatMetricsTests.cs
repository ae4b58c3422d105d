using System.Text.Json;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.Tests.Makers;

public sealed class FlatMetricsTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"x","c":true}""", """{"a":1,"b":"x","c":true}""")]
    [InlineData("""{"a":{"b":{"c":1.50}}}""", """{"a.b.c":1.50}""")]
    [InlineData("""{"a":[1,{"b":2},[3]]}""", """{"a.0":1,"a.1.b":2,"a.2.0":3}""")]
    [InlineData("""{"a":null,"b":{"d":null},"c":[]}""", """{"a":null,"b.d":null}""")]
    public void Values_within_values_become_metrics(string json, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(expected, FlatMetrics.Of(document.RootElement).ToJsonString());
    }

    [Fact]
    public void Two_ways_to_the_same_name_keep_the_later()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a.b":1,"a":{"b":2}}""");

        Assert.Equal("""{"a.b":2}""", FlatMetrics.Of(document.RootElement).ToJsonString());
    }
}
