using System.Text;
using OmniIoT.Edge.Commands;
using OmniIoT.Edge.Downlink;

namespace OmniIoT.Edge.Tests;

/// <summary>What others wrote is understood as a whole, or refused before anything of it is used.</summary>
public sealed class UntrustedJsonTests
{
    public static TheoryData<string> Broken =>
        new(
            "",
            "nonsense",
            "{",
            """{"desired":{"a":NaN}}""",
            """{"name":"identify","name":"restart-agent"}""",
            """{"name":"identify","arguments":{"id":1,"id":2}}""",
            "{\"name\":\"\\ud800\"}",
            "{\"name\":\"identify\",\"\\ud800\":1}",
            "{\"name\":\"identify\",\"arguments\":[{\"id\":\"\\udc00\"}]}",
            $"{{\"name\":{new string('[', 200)}{new string(']', 200)}}}"
        );

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_broken_anywhere_is_refused(string json)
    {
        Exception? problem = Record.Exception(() => UntrustedJson.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.True(problem is not null && UntrustedJson.IsProblem(problem), $"{problem}");
        Assert.Null(AgentCommand.Parse("devices/d/commands/c/request", Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"a":[1,"\ud83d\ude00",null,{"b":1e999}]}""")]
    public void What_is_whole_is_taken(string json) =>
        Assert.Null(Record.Exception(() => UntrustedJson.Parse(Encoding.UTF8.GetBytes(json))));
}
