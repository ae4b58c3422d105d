using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Imports;

/// <summary>One kind of what can be imported, by the rules of the call that writes one of them.</summary>
internal interface IImportKind
{
    /// <summary>Its name in the address.</summary>
    string Name { get; }

    /// <summary>What the caller must be allowed to.</summary>
    RightSet Rights { get; }

    /// <summary>The body of the call that writes one: its members are the columns.</summary>
    Type Shape { get; }

    /// <summary>Columns beside them.</summary>
    string[] Extra => ["id"];

    /// <summary>Whether two lines of one file may have the same id.</summary>
    bool MayRepeat => false;

    /// <exception cref="ProblemException">The line is not what it must be.</exception>
    ValueTask<ImportStep> CheckAsync(string id, JsonObject row, HttpContext context, CancellationToken cancellationToken);
}
