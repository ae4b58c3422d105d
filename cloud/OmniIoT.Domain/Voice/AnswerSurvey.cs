namespace OmniIoT.Domain.Voice;

/// <summary>A customer answers a question of ours on its page.</summary>
public sealed record AnswerSurvey(string RequestId, SurveyReply Reply);
