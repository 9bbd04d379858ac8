extension PolicyRules {
    /// Judges one operation of file transfer.
    package func judge(file operation: FileOperation, in situation: Situation) -> FileJudgement {
        FileJudgement(verdict: defaultVerdict)
    }
}
