using OmniIoT.Api.Problems;
using OmniIoT.Devices;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Api.Conversations;

/// <param name="Text">1 to 10,000 characters; a template may come without.</param>
/// <param name="Channel">By which it leaves; missing: the customer's last one if it may, else the best that may.</param>
/// <param name="Internal">A note that the customer never sees; missing: false. For the company only.</param>
/// <param name="ReplyTo">The message that it answers.</param>
public sealed record MessageBody(string? Text, string? Channel, bool? Internal, TemplateBody? Template, string? ReplyTo)
{
    private const int MaximumTextLength = 10_000;

    /// <summary>The words; of a template without any its name.</summary>
    internal string Words => string.IsNullOrWhiteSpace(Text) ? Template!.Name! : Text;

    internal void AddTo(Mistakes mistakes)
    {
        AddTo(mistakes, Text, Template);
        if (Channel is not null && !Identifier.IsValid(Channel))
            mistakes.Add("/channel", Wrong.Unknown("channel", Channel));
        if (ReplyTo is not null && !Identifier.IsValid(ReplyTo))
            mistakes.Add("/replyTo", Wrong.Unknown("message", ReplyTo));
        if (Internal is true && Template is not null)
            mistakes.Add("/template", "may not be in a note");
    }

    internal static void AddTo(Mistakes mistakes, string? text, TemplateBody? template)
    {
        if (text?.Length > MaximumTextLength || (string.IsNullOrWhiteSpace(text) && template is null))
            mistakes.Add("/text", Wrong.Length(MaximumTextLength));
        template?.AddTo(mistakes);
    }
}

/// <summary>Words that a provider has approved beforehand.</summary>
public sealed record TemplateBody(string? Name, string? Language, IReadOnlyList<string>? Parameters)
{
    private const int MaximumNameLength = 512;
    private const int MaximumLanguageLength = 20;
    private const int MaximumParameters = 100;
    private const int MaximumParameterLength = 1024;

    internal MessageTemplate Read() => new(Name!, Language!, Parameters ?? []);

    internal void AddTo(Mistakes mistakes)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaximumNameLength)
            mistakes.Add("/template/name", Wrong.Length(MaximumNameLength));
        if (string.IsNullOrWhiteSpace(Language) || Language.Length > MaximumLanguageLength)
            mistakes.Add("/template/language", Wrong.Length(MaximumLanguageLength));
        if (Parameters?.Count > MaximumParameters)
            mistakes.Add("/template/parameters", Wrong.TooMany(MaximumParameters));
        for (int i = 0; i < Parameters?.Count; i++)
        {
            if (Parameters[i] is null || Parameters[i].Length > MaximumParameterLength)
                mistakes.Add($"/template/parameters/{i}", Wrong.TooLong(MaximumParameterLength));
        }
    }
}
