using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Devices.Rules.Conditions;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Calls;

/// <summary>Reads one node.</summary>
internal static class FlowNodeReader
{
    private const int MaxText = 2_000;
    private const int MaxWord = 100;
    private const int MaxWords = 20;
    private const int MaxWays = 20;
    private const int MaxChoices = 20;
    private const int MaxDigits = 20;
    private const int MaxTries = 10;
    private const int MaxAddress = 2_000;
    private const string ToChat = "chat";

    private static readonly string[] Kinds =
    [
        "say",
        "gather",
        "branch",
        "sayDeviceStatus",
        "queue",
        "callback",
        "sendLink",
        "voicemail",
        "hangup",
    ];

    /// <summary>Null when it was refused.</summary>
    public static FlowNode? Read(JsonFields node)
    {
        string[] said = [.. Kinds.Where(node.Has)];
        if (said.Length != 1)
        {
            node.RefuseAs(
                said.Length == 0 ? Kinds[0] : said[1],
                MistakeKinds.Choice,
                ("choices", new JsonArray([.. Kinds.Select(one => (JsonNode?)one)]))
            );
            return null;
        }
        return said[0] switch
        {
            "say" => ReadSay(node),
            "gather" => ReadGather(node),
            "branch" => ReadBranch(node),
            "sayDeviceStatus" => ReadDeviceStatus(node),
            "queue" => ReadQueue(node),
            "callback" => ReadCallBack(node),
            "sendLink" => ReadSendLink(node),
            "voicemail" => ReadVoicemail(node),
            _ => ReadHangUp(node),
        };
    }

    private static FlowNode.Say ReadSay(JsonFields node)
    {
        node.RefuseOthers("say", "next");
        return new FlowNode.Say(node.Localized("say", MaxText) ?? LocalizedText.Of(""), RequiredExit(node, "next"));
    }

    private static FlowNode.SayDeviceStatus ReadDeviceStatus(JsonFields node)
    {
        node.RefuseOthers("sayDeviceStatus", "next");
        RequireTrue(node, "sayDeviceStatus");
        return new FlowNode.SayDeviceStatus(RequiredExit(node, "next"));
    }

    private static FlowNode.Gather? ReadGather(JsonFields node)
    {
        node.RefuseOthers("gather");
        if (node.Object("gather") is not { } gather)
            return null;
        gather.RefuseOthers("digits", "speech", "choices", "again", "tries", "exhausted");
        int digits = (int)(gather.Whole("digits", 1, MaxDigits) ?? 1);
        return new FlowNode.Gather
        {
            Digits = digits,
            Speech = gather.Flag("speech") ?? false,
            Choices = ReadChoices(gather, digits),
            Again = gather.Localized("again", MaxText),
            Tries = (int)(gather.Whole("tries", 1, MaxTries) ?? FlowNode.Gather.DefaultTries),
            Exhausted = RequiredExit(gather, "exhausted"),
        };
    }

    private static List<FlowChoice> ReadChoices(JsonFields gather, int digits)
    {
        List<FlowChoice> read = [];
        if (gather.RequiredObject("choices") is not { } choices)
            return read;
        string[] keys = [.. gather.Find("choices")!.Value.EnumerateObject().Select(static choice => choice.Name).Distinct()];
        if (keys.Length == 0)
            gather.RefuseAs("choices", MistakeKinds.Empty);
        if (keys.Length > MaxChoices)
            gather.RefuseAs("choices", MistakeKinds.TooMany, ("max", MaxChoices));
        foreach (string key in keys.Take(MaxChoices))
        {
            if (key.Length == 0 || key.Length > digits || !key.All(static c => char.IsAsciiDigit(c) || c is '*' or '#'))
                choices.Refuse(key, $"must be 1 to {digits} of the keys 0 to 9, * and #");
            else if (choices.RequiredObject(key) is { } choice)
            {
                choice.RefuseOthers("next", "words");
                read.Add(new FlowChoice(key, RequiredExit(choice, "next"), choice.Lists("words", MaxWords, MaxWord)));
            }
        }
        return read;
    }

    private static FlowNode.Branch ReadBranch(JsonFields node)
    {
        node.RefuseOthers("branch", "otherwise");
        IReadOnlyList<JsonFields> entries = node.Objects("branch");
        if (entries.Count == 0)
            node.RefuseAs("branch", MistakeKinds.Empty);
        if (entries.Count > MaxWays)
            node.RefuseAs("branch", MistakeKinds.TooMany, ("max", MaxWays));
        return new FlowNode.Branch([.. entries.Take(MaxWays).Select(ReadWay).OfType<FlowWay>()], RequiredExit(node, "otherwise"));
    }

    private static FlowWay? ReadWay(JsonFields entry)
    {
        entry.RefuseOthers("when", "next");
        string next = RequiredExit(entry, "next");
        if (entry.RequiredText("when", Condition.MaxLength) is not { } text)
            return null;
        if (Condition.Parse(text, CallNames.Types, out string mistake) is { } when)
            return new FlowWay(when, next);
        entry.Refuse("when", mistake);
        return null;
    }

    private static FlowNode.Queue ReadQueue(JsonFields node)
    {
        node.RefuseOthers("queue", "music");
        return new FlowNode.Queue(node.RequiredText("queue", Identifier.MaxLength) ?? "", ReadMusic(node));
    }

    /// <summary>Said to be null is silence, unsaid is whatever the provider plays.</summary>
    private static FlowMusic ReadMusic(JsonFields node)
    {
        if (node.IsNull("music"))
            return new FlowMusic(IsSilent: true, null);
        string? address = node.Text("music", MaxAddress);
        if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
            node.Refuse("music", "must be an address that begins with http:// or https://, or null");
        return new FlowMusic(IsSilent: false, address);
    }

    private static FlowNode.CallBack? ReadCallBack(JsonFields node)
    {
        node.RefuseOthers("callback", "next");
        string? queue = ReadQueueOf(node, "callback");
        return new FlowNode.CallBack(queue, node.Text("next", Identifier.MaxLength));
    }

    private static FlowNode.Voicemail? ReadVoicemail(JsonFields node)
    {
        node.RefuseOthers("voicemail", "next");
        string? queue = ReadQueueOf(node, "voicemail");
        return new FlowNode.Voicemail(queue, node.Text("next", Identifier.MaxLength));
    }

    private static string? ReadQueueOf(JsonFields node, string name)
    {
        JsonFields? said = node.Object(name);
        said?.RefuseOthers("queue");
        return said?.Text("queue", Identifier.MaxLength);
    }

    private static FlowNode.SendLink? ReadSendLink(JsonFields node)
    {
        node.RefuseOthers("sendLink", "next");
        if (node.Object("sendLink") is not { } link)
            return null;
        link.RefuseOthers("channel", "to", "text");
        if (link.Text("to", MaxWord) is { } to && to != ToChat)
            link.RefuseAs("to", MistakeKinds.Choice, ("choices", new JsonArray(ToChat)));
        return new FlowNode.SendLink(
            link.RequiredText("channel", Identifier.MaxLength) ?? "",
            link.Localized("text", MaxText),
            node.Text("next", Identifier.MaxLength)
        );
    }

    private static FlowNode.HangUp ReadHangUp(JsonFields node)
    {
        node.RefuseOthers("hangup");
        RequireTrue(node, "hangup");
        return new FlowNode.HangUp();
    }

    private static void RequireTrue(JsonFields node, string name)
    {
        if (node.Flag(name) is false)
            node.Refuse(name, "must be true");
    }

    /// <summary>Without it the call would end in the middle.</summary>
    private static string RequiredExit(JsonFields fields, string name)
    {
        if (!fields.Has(name))
            fields.Refuse(name, "is missing: a dead end; a call ends at a node that says hangup");
        return fields.Text(name, Identifier.MaxLength) ?? "";
    }
}
