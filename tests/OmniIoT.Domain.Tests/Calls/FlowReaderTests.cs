using System.Text.Json;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Calls;

public sealed class FlowReaderTests
{
    /// <summary>The contract's own flow, each kind of node once.</summary>
    [Fact]
    public void Every_kind_of_node_is_read()
    {
        DocumentReading<Flow> reading = Read(Flows.Whole);

        Assert.Empty(reading.Mistakes);
        Assert.Equal(9, reading.Value!.Nodes.Count);
        FlowNode.Gather gather = Assert.IsType<FlowNode.Gather>(reading.Value.Find("n2"));
        Assert.Equal((1, true, 3, "n5"), (gather.Digits, gather.Speech, gather.Tries, gather.Exhausted));
        Assert.True(Assert.IsType<FlowNode.Queue>(reading.Value.Find("n5")).Music.IsSilent);
    }

    [Theory]
    [InlineData("""{"nodes":{"a":{"hangup":true}}}""", "/start")]
    [InlineData("""{"start":"b","nodes":{"a":{"hangup":true}}}""", "/start")]
    [InlineData("""{"start":"a","nodes":{}}""", "/nodes")]
    [InlineData("""{"start":"a"}""", "/nodes")]
    [InlineData("""{"start":"a","nodes":{"a":null}}""", "/nodes/a")]
    [InlineData("""{"start":"a","nodes":{"a":[]}}""", "/nodes/a")]
    [InlineData("""{"start":"a","nodes":{"a b":{"hangup":true},"a":{"hangup":true}}}""", "/nodes/a b")]
    [InlineData("""{"start":"a","nodes":{"a":{}}}""", "/nodes/a/say")]
    [InlineData("""{"start":"a","nodes":{"a":{"say":"Hello","hangup":true}}}""", "/nodes/a/hangup")]
    [InlineData("""{"start":"a","nodes":{"a":{"say":"Hello"}}}""", "/nodes/a/next")]
    [InlineData("""{"start":"a","nodes":{"a":{"say":"Hello","next":"z"}}}""", "/nodes/a/next")]
    [InlineData("""{"start":"a","nodes":{"a":{"say":{"de":"Hallo"},"next":"b"},"b":{"hangup":true}}}""", "/nodes/a/say/de")]
    [InlineData("""{"start":"a","nodes":{"a":{"sayDeviceStatus":false,"next":"b"},"b":{"hangup":true}}}""", "/nodes/a/sayDeviceStatus")]
    [InlineData("""{"start":"a","nodes":{"a":{"gather":{"choices":{"1":{"next":"a"}}}}}}""", "/nodes/a/gather/exhausted")]
    [InlineData("""{"start":"a","nodes":{"a":{"gather":{"choices":{},"exhausted":"a"}}}}""", "/nodes/a/gather/choices")]
    [InlineData("""{"start":"a","nodes":{"a":{"gather":{"choices":{"x":{"next":"a"}},"exhausted":"a"}}}}""", "/nodes/a/gather/choices/x")]
    [InlineData("""{"start":"a","nodes":{"a":{"gather":{"choices":{"12":{"next":"a"}},"exhausted":"a"}}}}""", "/nodes/a/gather/choices/12")]
    [InlineData(
        """{"start":"a","nodes":{"a":{"gather":{"choices":{"1":{"next":"z"}},"exhausted":"a"}}}}""",
        "/nodes/a/gather/choices/1/next"
    )]
    [InlineData(
        """{"start":"a","nodes":{"a":{"gather":{"choices":{"1":{"next":"a"}},"exhausted":"a","tries":11}}}}""",
        "/nodes/a/gather/tries"
    )]
    [InlineData("""{"start":"a","nodes":{"a":{"branch":[{"when":"calendar.open","next":"a"}]}}}""", "/nodes/a/otherwise")]
    [InlineData(
        """{"start":"a","nodes":{"a":{"branch":[{"when":"device.colour == 'red'","next":"b"}],"otherwise":"b"},"b":{"hangup":true}}}""",
        "/nodes/a/branch/0/when"
    )]
    [InlineData(
        """{"start":"a","nodes":{"a":{"branch":[{"when":"queue.waiting + 1","next":"b"}],"otherwise":"b"},"b":{"hangup":true}}}""",
        "/nodes/a/branch/0/when"
    )]
    [InlineData(
        """{"start":"a","nodes":{"a":{"branch":[{"when":"queue.waiting == 'many'","next":"b"}],"otherwise":"b"},"b":{"hangup":true}}}""",
        "/nodes/a/branch/0/when"
    )]
    [InlineData("""{"start":"a","nodes":{"a":{"queue":"q","music":"ftp://x"}}}""", "/nodes/a/music")]
    [InlineData("""{"start":"a","nodes":{"a":{"queue":7}}}""", "/nodes/a/queue")]
    [InlineData("""{"start":"a","nodes":{"a":{"callback":{"queue":"q","colour":"red"}}}}""", "/nodes/a/callback/colour")]
    [InlineData("""{"start":"a","nodes":{"a":{"sendLink":{"to":"chat"}}}}""", "/nodes/a/sendLink/channel")]
    [InlineData("""{"start":"a","nodes":{"a":{"sendLink":{"channel":"sms","to":"mail"}}}}""", "/nodes/a/sendLink/to")]
    [InlineData("""{"start":"a","nodes":{"a":{"voicemail":{"queue":"q"},"next":"z"}}}""", "/nodes/a/next")]
    public void What_is_wrong_is_told_with_its_place(string json, string pointer) =>
        Assert.Contains(pointer, Read(json).Mistakes.Select(mistake => mistake.Pointer));

    [Theory]
    [InlineData("""{"start":"a","nodes":{"a":{"say":"x","next":"a"}}}""", "/nodes/a/next")]
    [InlineData("""{"start":"a","nodes":{"a":{"say":"x","next":"b"},"b":{"say":"y","next":"a"}}}""", "/nodes/b/next")]
    [InlineData(
        """{"start":"a","nodes":{"a":{"branch":[{"when":"calendar.open","next":"b"}],"otherwise":"c"},"b":{"say":"x","next":"a"},"c":{"hangup":true}}}""",
        "/nodes/b/next"
    )]
    [InlineData("""{"start":"a","nodes":{"a":{"callback":{},"next":"a"}}}""", "/nodes/a/next")]
    public void A_way_that_comes_back_without_asking_is_refused(string json, string pointer) =>
        Assert.Equal([pointer], Read(json).Mistakes.Select(mistake => mistake.Pointer));

    [Fact]
    public void A_way_that_comes_back_over_a_question_is_not() =>
        Assert.Empty(
            Read(
                """{"start":"a","nodes":{"a":{"say":"x","next":"b"},"b":{"gather":{"choices":{"1":{"next":"a"}},"exhausted":"a"}}}}"""
            ).Mistakes
        );

    [Fact]
    public void Mistakes_of_every_kind_are_told_at_once()
    {
        string[] pointers =
        [
            .. Read("""{"start":"z","nodes":{"a":{"say":"x"},"b":{"say":"x","next":"b"},"c":{"say":"x","next":"nowhere"}}}""")
                .Mistakes.Select(mistake => mistake.Pointer),
        ];

        Assert.Equal(["/nodes/a/next", "/nodes/b/next", "/nodes/c/next", "/start"], pointers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void More_nodes_than_anybody_draws_are_refused()
    {
        string nodes = string.Join(',', Enumerable.Range(0, FlowReader.MaxNodes + 1).Select(i => $$"""  "n{{i}}":{"hangup":true} """));

        Assert.Contains("/nodes", Read($$"""{"start":"n0","nodes":{ {{nodes}} } }""").Mistakes.Select(mistake => mistake.Pointer));
    }

    private static DocumentReading<Flow> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return FlowReader.Read("main", document.RootElement);
    }
}
