using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// Who decides on cases: the device that a case is about, its customer when there is none. All answers come once what was decided is
/// durable, and all may fail with <see cref="Ports.Commit.StorageUnavailableException"/>: then nothing happened.
/// </summary>
public interface ICaseGrain : IEntityGrain
{
    Task<Reply<Case>> OpenCaseAsync(OpenCase request);

    Task<Reply<Case>> ChangeCaseAsync(ChangeCase request);

    Task<Reply<Case>> ResolveCaseAsync(ResolveCase request);

    /// <summary>A person answered the case's customer.</summary>
    Task<Reply<Case>> AnswerCaseAsync(AnswerCase request);

    /// <summary>The case's customer said something.</summary>
    Task<Reply<Case>> AskOfCaseAsync(AskOfCase request);

    /// <summary>Tells what its customer was promised and is nearly due or overdue.</summary>
    Task<Reply<Case>> CheckCaseAsync(CheckCase request);

    Task<Reply<Case>> RouteCaseAsync(RouteCase request);

    /// <summary>Does what a macro or a trigger says, all or nothing.</summary>
    Task<Reply<Case>> ActOnCaseAsync(ActOnCase request);

    Task<Reply<TimelineEntry>> NoteCaseAsync(NoteCase request);
}
