using System.Text.Json;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Desk;

/// <summary>What replies, macros and triggers may say.</summary>
public sealed class AutomationReaderTests
{
    [Fact]
    public void A_reply_is_read_with_its_places()
    {
        CannedReply reply = Read(
            """{"title":"Hello","text":"Dear {{customer.name}}: {{device.values.drum/temp}} °C","shortcut":"hi"}""",
            AutomationReader.ReadReply
        ).Value!;

        Assert.Equal(("Hello", "hi"), (reply.Title, reply.Shortcut));
        Assert.Equal(
            "Dear Ann: 71 °C",
            ReplyNames.Fill(reply.Text, new Dictionary<string, string?> { ["customer.name"] = "Ann", ["device.values.drum/temp"] = "71" })
        );
    }

    [Theory]
    [InlineData("""{"title":"Hello"}""", "/text")]
    [InlineData("""{"title":"Hello","text":"{{customer.nmae}}"}""", "/text")]
    [InlineData("""{"title":"Hello","text":"{{device.values.}}"}""", "/text")]
    [InlineData("""{"title":"Hello","text":"{{open"}""", "/text")]
    [InlineData("""{"text":"x"}""", "/title")]
    [InlineData("""{"title":"Hello","text":"x","shortcut":"a b"}""", "/shortcut")]
    [InlineData("""{"title":"Hello","text":"x","words":"x"}""", "/words")]
    public void A_reply_that_says_something_wrong_is_refused(string json, string pointer) =>
        Assert.Contains(Read(json, AutomationReader.ReadReply).Mistakes, mistake => mistake.Pointer == pointer);

    [Fact]
    public void A_macro_may_do_all_that_there_is()
    {
        Macro macro = Read(
            """
            {"title":"Done","actions":[{"reply":"It is {{case.number}}"},{"note":"n"},{"set":{"priority":"high","tags":["a"],"assignee":""}},
            {"command":{"name":"restart","arguments":{"soft":true}}},{"resolve":true},{"resolve":"Descaled"},{"resolve":{"resolution":"Cold"}},
            {"transfer":{"queue":"washers","note":"w"}}]}
            """,
            AutomationReader.ReadMacro
        ).Value!;

        Assert.Equal([null, "Descaled", "Cold"], macro.Actions.Where(a => a.Resolve is not null).Select(a => a.Resolve!.Resolution));
        Assert.Equal((CasePriority.High, ""), (macro.Actions[2].Set!.Priority, macro.Actions[2].Set!.Assignee));
        Assert.True((bool)macro.Actions[3].Command!.Arguments!["soft"]!);
        Assert.Equal(("washers", "w"), (macro.Actions[^1].Transfer!.Queue, macro.Actions[^1].Transfer!.Note));
    }

    [Theory]
    [InlineData("""{"title":"x","actions":[]}""", "/actions")]
    [InlineData("""{"title":"x","actions":[{}]}""", "/actions/0")]
    [InlineData("""{"title":"x","actions":[{"reply":"a","note":"b"}]}""", "/actions/0")]
    [InlineData("""{"title":"x","actions":[{"shout":"a"}]}""", "/actions/0/shout")]
    [InlineData("""{"title":"x","actions":[{"resolve":false}]}""", "/actions/0/resolve")]
    [InlineData("""{"title":"x","actions":[{"transfer":{"queue":"a","assignee":"b"}}]}""", "/actions/0/transfer")]
    [InlineData("""{"title":"x","actions":[{"set":{"status":"resolved"}}]}""", "/actions/0/set/status")]
    [InlineData("""{"title":"x","actions":[{"command":{}}]}""", "/actions/0/command/name")]
    public void A_macro_that_says_something_wrong_is_refused(string json, string pointer) =>
        Assert.Contains(Read(json, AutomationReader.ReadMacro).Mistakes, mistake => mistake.Pointer == pointer);

    [Theory]
    [InlineData("conversation.opened", TriggerEvent.ConversationOpened)]
    [InlineData("message.received", TriggerEvent.MessageReceived)]
    [InlineData("case.opened", TriggerEvent.CaseOpened)]
    [InlineData("case.updated", TriggerEvent.CaseUpdated)]
    [InlineData("sla.warning", TriggerEvent.SlaWarning)]
    [InlineData("sla.breached", TriggerEvent.SlaBreached)]
    [InlineData("time", TriggerEvent.Time)]
    public void A_trigger_names_what_sets_it_off(string name, TriggerEvent happened) =>
        Assert.Equal(happened, Read($$"""{"on":"{{name}}","actions":[{"note":"x"}],"order":3}""", AutomationReader.ReadTrigger).Value!.On);

    [Theory]
    [InlineData("""{"actions":[{"note":"x"}]}""", "/on")]
    [InlineData("""{"on":"case.closed","actions":[{"note":"x"}]}""", "/on")]
    [InlineData(
        """{"on":"time","conditions":[{"field":"weather","op":"eq","value":"x"}],"actions":[{"note":"x"}]}""",
        "/conditions/0/field"
    )]
    [InlineData("""{"on":"time","conditions":[{"field":"queue","op":"like","value":"x"}],"actions":[{"note":"x"}]}""", "/conditions/0/op")]
    [InlineData("""{"on":"time","conditions":[{"field":"queue","op":"in","value":"x"}],"actions":[{"note":"x"}]}""", "/conditions/0/value")]
    [InlineData("""{"on":"time","conditions":[{"field":"queue","op":"eq"}],"actions":[{"note":"x"}]}""", "/conditions/0/value")]
    public void A_trigger_that_says_something_wrong_is_refused(string json, string pointer) =>
        Assert.Contains(Read(json, AutomationReader.ReadTrigger).Mistakes, mistake => mistake.Pointer == pointer);

    [Theory]
    [InlineData("@bo please, and @ann-marie.", "bo ann-marie")]
    [InlineData("(@bo) @bo", "bo")]
    [InlineData("write to x@example.org", "")]
    [InlineData("nobody @ all", "")]
    public void Who_is_mentioned_is_found(string note, string agents) => Assert.Equal(agents, string.Join(' ', ReplyNames.Mentioned(note)));

    private static DocumentReading<T> Read<T>(string json, Func<string, JsonElement, DocumentReading<T>> read)
        where T : class
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return read("one", document.RootElement);
    }
}
